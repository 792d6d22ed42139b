"""Names of `ferroflow.compat.v1`. Written by `make gen` from the tables of names; not to be edited."""

from ferroflow.framework.variable_store import AUTO_REUSE as AUTO_REUSE
from ferroflow.framework.gradients import AggregationMethod as AggregationMethod
from ferroflow.ops.flow import Assert as Assert
from ferroflow.framework.protos import AttrValue as AttrValue
from ferroflow.framework.protos import ConfigProto as ConfigProto
from ferroflow.framework.dtypes import DType as DType
from ferroflow.framework.device_spec import DeviceSpecV1 as DeviceSpec
from ferroflow.framework.tensor_shape import Dimension as Dimension
from ferroflow.framework.protos import Event as Event
from ferroflow.ops.queues import FIFOQueue as FIFOQueue
from ferroflow.ops.parsing import FixedLenFeature as FixedLenFeature
from ferroflow.ops.parsing import FixedLenSequenceFeature as FixedLenSequenceFeature
from ferroflow.framework.protos import GPUOptions as GPUOptions
from ferroflow.framework.tape import GradientTape as GradientTape
from ferroflow.framework.graph import Graph as Graph
from ferroflow.framework.protos import GraphDef as GraphDef
from ferroflow.framework.collections import GraphKeys as GraphKeys
from ferroflow.framework.protos import GraphOptions as GraphOptions
from ferroflow.framework.protos import HistogramProto as HistogramProto
from ferroflow.framework.composite import IndexedSlices as IndexedSlices
from ferroflow.framework.composite import IndexedSlicesSpec as IndexedSlicesSpec
from ferroflow.framework.session import InteractiveSession as InteractiveSession
from ferroflow.framework.protos import LogMessage as LogMessage
from ferroflow.framework.protos import MetaGraphDef as MetaGraphDef
from ferroflow.module import Module as Module
from ferroflow.framework.protos import NameAttrList as NameAttrList
from ferroflow.framework.gradients import no_gradient as NoGradient
from ferroflow.framework.protos import NodeDef as NodeDef
from ferroflow.framework.gradients import no_gradient as NotDifferentiable
from ferroflow.framework.errors import OpError as OpError
from ferroflow.framework.tensors import Operation as Operation
from ferroflow.framework.protos import OptimizerOptions as OptimizerOptions
from ferroflow.data.optional import OptionalSpec as OptionalSpec
from ferroflow.ops.queues import PaddingFIFOQueue as PaddingFIFOQueue
from ferroflow.ops.flow import Print as Print
from ferroflow.ops.queues import PriorityQueue as PriorityQueue
from ferroflow.framework.dtypes import QUANTIZED_DTYPES as QUANTIZED_DTYPES
from ferroflow.ops.queues import QueueBase as QueueBase
from ferroflow.ops.ragged.tensor import RaggedTensor as RaggedTensor
from ferroflow.ops.ragged.spec import RaggedTensorSpec as RaggedTensorSpec
from ferroflow.ops.queues import RandomShuffleQueue as RandomShuffleQueue
from ferroflow.framework.gradients import RegisterGradient as RegisterGradient
from ferroflow.framework.protos import RunMetadata as RunMetadata
from ferroflow.framework.protos import RunOptions as RunOptions
from ferroflow.framework.session import Session as Session
from ferroflow.framework.protos import SessionLog as SessionLog
from ferroflow.framework.sparse_tensor import SparseTensor as SparseTensor
from ferroflow.framework.sparse_tensor import SparseTensorSpec as SparseTensorSpec
from ferroflow.framework.sparse_tensor import SparseTensorValue as SparseTensorValue
from ferroflow.framework.protos import Summary as Summary
from ferroflow.framework.protos import SummaryMetadata as SummaryMetadata
from ferroflow.framework.tensors import Tensor as Tensor
from ferroflow.ops.tensor_array import TensorArray as TensorArray
from ferroflow.ops.tensor_array import TensorArraySpec as TensorArraySpec
from ferroflow.framework.protos import TensorInfo as TensorInfo
from ferroflow.framework.tensor_shape import TensorShape as TensorShape
from ferroflow.framework.type_spec import TensorSpec as TensorSpec
from ferroflow.framework.type_spec import TypeSpec as TypeSpec
from ferroflow.framework.tape import UnconnectedGradients as UnconnectedGradients
from ferroflow.ops.parsing import VarLenFeature as VarLenFeature
from ferroflow.framework.variables import VariableV1 as Variable
from ferroflow.framework.variables import VariableAggregation as VariableAggregation
from ferroflow.framework.variable_scope import VariableScope as VariableScope
from ferroflow.framework.variable_spec import VariableSpec as VariableSpec
from ferroflow.framework.variables import VariableSynchronization as VariableSynchronization
from ferroflow import __internal__ as __internal__
from ferroflow.ops.arithmetic import abs as abs
from ferroflow.ops.arithmetic import accumulate_n as accumulate_n
from ferroflow.ops.unary import acos as acos
from ferroflow.ops.unary import acosh as acosh
from ferroflow.ops.arithmetic import add as add
from ferroflow.ops.arithmetic import add_n as add_n
from ferroflow.framework.collections import add_to_collection as add_to_collection
from ferroflow.framework.collections import add_to_collections as add_to_collections
from ferroflow.framework.variable_collections import all_variables as all_variables
from ferroflow.ops.arithmetic import angle as angle
from ferroflow import app as app
from ferroflow.ops.reduction_v1 import arg_max as arg_max
from ferroflow.ops.reduction_v1 import arg_min as arg_min
from ferroflow.ops.reduction_v1 import argmax as argmax
from ferroflow.ops.reduction_v1 import argmin as argmin
from ferroflow.ops.sequence import argsort as argsort
from ferroflow.framework.dtypes import as_dtype as as_dtype
from ferroflow.ops.strings import as_string as as_string
from ferroflow.ops.unary import asin as asin
from ferroflow.ops.unary import asinh as asinh
from ferroflow.ops.checks import assert_equal_v1 as assert_equal
from ferroflow.ops.checks import assert_greater_v1 as assert_greater
from ferroflow.ops.checks import assert_greater_equal_v1 as assert_greater_equal
from ferroflow.ops.shape_checks import assert_integer_v1 as assert_integer
from ferroflow.ops.checks import assert_less_v1 as assert_less
from ferroflow.ops.checks import assert_less_equal_v1 as assert_less_equal
from ferroflow.ops.checks import assert_near_v1 as assert_near
from ferroflow.ops.checks import assert_negative_v1 as assert_negative
from ferroflow.ops.checks import assert_non_negative_v1 as assert_non_negative
from ferroflow.ops.checks import assert_non_positive_v1 as assert_non_positive
from ferroflow.ops.checks import assert_none_equal_v1 as assert_none_equal
from ferroflow.ops.checks import assert_positive_v1 as assert_positive
from ferroflow.ops.shape_checks import assert_proper_iterable as assert_proper_iterable
from ferroflow.ops.shape_checks import assert_rank_v1 as assert_rank
from ferroflow.ops.shape_checks import assert_rank_at_least_v1 as assert_rank_at_least
from ferroflow.ops.shape_checks import assert_rank_in_v1 as assert_rank_in
from ferroflow.ops.shape_checks import assert_same_float_dtype as assert_same_float_dtype
from ferroflow.ops.shape_checks import assert_scalar_v1 as assert_scalar
from ferroflow.ops.shape_checks import assert_type_v1 as assert_type
from ferroflow.framework.variable_collections import assert_variables_initialized as assert_variables_initialized
from ferroflow.framework.state import assign as assign
from ferroflow.framework.state import assign_add as assign_add
from ferroflow.framework.state import assign_sub as assign_sub
from ferroflow.ops.unary import atan as atan
from ferroflow.ops.binary import atan2 as atan2
from ferroflow.ops.unary import atanh as atanh
from ferroflow import autodiff as autodiff
from ferroflow.compat.v1 import autograph as autograph
from ferroflow.ops.picking import batch_gather as batch_gather
from ferroflow.framework.state import batch_scatter_update as batch_scatter_update
from ferroflow.framework.dtypes import bfloat16 as bfloat16
from ferroflow.ops.counting import bincount_v1 as bincount
from ferroflow.ops.shapes import bitcast as bitcast
from ferroflow.compat.v1 import bitwise as bitwise
from ferroflow.framework.dtypes import bool as bool
from ferroflow.ops.picking import boolean_mask_v1 as boolean_mask
from ferroflow.ops.shapes import broadcast_dynamic_shape as broadcast_dynamic_shape
from ferroflow.ops.shapes import broadcast_static_shape as broadcast_static_shape
from ferroflow.ops.shapes import broadcast_to as broadcast_to
from ferroflow.ops.control_flow import case_v1 as case
from ferroflow.ops.arithmetic import cast as cast
from ferroflow.ops.unary import ceil as ceil
from ferroflow.ops.checks import check_numerics as check_numerics
from ferroflow.ops.clipping import clip_by_average_norm as clip_by_average_norm
from ferroflow.ops.clipping import clip_by_global_norm as clip_by_global_norm
from ferroflow.ops.clipping import clip_by_norm as clip_by_norm
from ferroflow.ops.clipping import clip_by_value as clip_by_value
from ferroflow.framework.graph import colocate_with as colocate_with
from ferroflow import compat as compat
from ferroflow.ops.arithmetic import complex as complex
from ferroflow.framework.dtypes import complex128 as complex128
from ferroflow.framework.dtypes import complex64 as complex64
from ferroflow.ops.joining import concat as concat
from ferroflow.ops.control_flow import cond_v1 as cond
from ferroflow import config as config
from ferroflow.ops.counting import confusion_matrix_v1 as confusion_matrix
from ferroflow.ops.arithmetic import conj as conj
from ferroflow.framework.placeholders import constant_v1 as constant
from ferroflow.framework.initializers_v1 import Constant as constant_initializer
from ferroflow.framework.graph import container as container
from ferroflow.framework.context import control_dependencies as control_dependencies
from ferroflow.framework.modes import control_flow_v2_enabled as control_flow_v2_enabled
from ferroflow.framework.convert import convert_to_tensor_v1 as convert_to_tensor
from ferroflow.framework.convert import convert_to_tensor_or_indexed_slices as convert_to_tensor_or_indexed_slices
from ferroflow.framework.sparse_tensor import convert_to_tensor_or_sparse_tensor as convert_to_tensor_or_sparse_tensor
from ferroflow.ops.unary import cos as cos
from ferroflow.ops.unary import cosh as cosh
from ferroflow.ops.reduction_v1 import count_nonzero as count_nonzero
from ferroflow.framework.state import count_up_to as count_up_to
from ferroflow.ops.sequence import cumprod as cumprod
from ferroflow.ops.sequence import cumsum as cumsum
from ferroflow.framework.custom_gradient import custom_gradient as custom_gradient
from ferroflow.compat.v1 import data as data
from ferroflow.compat.v1 import debugging as debugging
from ferroflow.ops.parsing import decode_csv_v1 as decode_csv
from ferroflow.ops.parsing import decode_raw_v1 as decode_raw
from ferroflow.framework.context import device_v1 as device
from ferroflow.ops.diagonals import tensor_diag as diag
from ferroflow.ops.diagonals import tensor_diag_part as diag_part
from ferroflow.ops.special import digamma as digamma
from ferroflow.framework.tensor_shape import dimension_at_index as dimension_at_index
from ferroflow.framework.tensor_shape import dimension_value as dimension_value
from ferroflow.framework.modes import disable_control_flow_v2 as disable_control_flow_v2
from ferroflow.framework.context import disable_eager_execution as disable_eager_execution
from ferroflow.framework.variables import disable_resource_variables as disable_resource_variables
from ferroflow.framework.modes import disable_tensor_equality as disable_tensor_equality
from ferroflow.framework.modes import disable_v2_behavior as disable_v2_behavior
from ferroflow.framework.tensor_shape import disable_v2_tensorshape as disable_v2_tensorshape
from ferroflow.ops.arithmetic import div as div
from ferroflow.ops.arithmetic import divide_no_nan as div_no_nan
from ferroflow.ops.arithmetic import divide as divide
from ferroflow.framework.dtypes import float64 as double
from ferroflow import dtypes as dtypes
from ferroflow.ops.picking import dynamic_partition as dynamic_partition
from ferroflow.ops.picking import dynamic_stitch as dynamic_stitch
from ferroflow.ops.matrices import einsum as einsum
from ferroflow.framework.modes import enable_control_flow_v2 as enable_control_flow_v2
from ferroflow.framework.context import enable_eager_execution as enable_eager_execution
from ferroflow.framework.variables import enable_resource_variables as enable_resource_variables
from ferroflow.framework.modes import enable_tensor_equality as enable_tensor_equality
from ferroflow.framework.modes import enable_v2_behavior as enable_v2_behavior
from ferroflow.framework.tensor_shape import enable_v2_tensorshape as enable_v2_tensorshape
from ferroflow.ops.shapes import ensure_shape as ensure_shape
from ferroflow.ops.arithmetic import equal as equal
from ferroflow.ops.special import erf as erf
from ferroflow.ops.special import erfc as erfc
from ferroflow import errors as errors
from ferroflow.framework.context import executing_eagerly as executing_eagerly
from ferroflow.framework.context import executing_eagerly_outside_functions as executing_eagerly_outside_functions
from ferroflow.ops.unary import exp as exp
from ferroflow.ops.shapes import expand_dims_v1 as expand_dims
from ferroflow import experimental as experimental
from ferroflow.ops.unary import expm1 as expm1
from ferroflow.ops.matrices import eye as eye
from ferroflow.ops.shapes import fill as fill
from ferroflow.framework.partitioned_variable import fixed_size_partitioner as fixed_size_partitioner
from ferroflow import flags as flags
from ferroflow.framework.dtypes import float16 as float16
from ferroflow.framework.dtypes import float32 as float32
from ferroflow.framework.dtypes import float64 as float64
from ferroflow.ops.unary import floor as floor
from ferroflow.ops.binary import floordiv as floor_div
from ferroflow.ops.binary import floordiv as floordiv
from ferroflow.ops.binary import floormod as floormod
from ferroflow.ops.folds import foldl as foldl
from ferroflow.ops.folds import foldr as foldr
from ferroflow.framework.function.polymorphic import function as function
from ferroflow.ops.picking import gather_v1 as gather
from ferroflow.ops.picking import gather_nd_v1 as gather_nd
from ferroflow.framework.collections import get_all_collection_keys as get_all_collection_keys
from ferroflow.framework.collections import get_collection as get_collection
from ferroflow.framework.collections import get_collection_ref as get_collection_ref
from ferroflow.framework.name_scope import get_name_scope as get_current_name_scope
from ferroflow.framework.graph import get_default_graph as get_default_graph
from ferroflow.framework.session import get_default_session as get_default_session
from ferroflow.framework.variable_scope import get_local_variable as get_local_variable
from ferroflow.logging import get_logger as get_logger
from ferroflow.framework.random_seed import get_seed as get_seed
from ferroflow.framework.tensors import get_static_value as get_static_value
from ferroflow.framework.variable_scope import get_variable as get_variable
from ferroflow.framework.variable_scope import get_variable_scope as get_variable_scope
from ferroflow import gfile as gfile
from ferroflow.ops.clipping import global_norm as global_norm
from ferroflow.framework.variable_collections import global_variables as global_variables
from ferroflow.framework.variable_collections import global_variables_initializer as global_variables_initializer
from ferroflow.framework.initializers_v1 import GlorotNormal as glorot_normal_initializer
from ferroflow.framework.initializers_v1 import GlorotUniform as glorot_uniform_initializer
from ferroflow.framework.custom_gradient import grad_pass_through as grad_pass_through
from ferroflow.framework.gradients import gradients as gradients
from ferroflow import graph_util as graph_util
from ferroflow.ops.binary import greater as greater
from ferroflow.ops.binary import greater_equal as greater_equal
from ferroflow.framework.grouping import group as group
from ferroflow.ops.shapes import guarantee_const as guarantee_const
from ferroflow.framework.dtypes import float16 as half
from ferroflow.framework.gradients import hessians_v1 as hessians
from ferroflow.ops.counting import histogram_fixed_width as histogram_fixed_width
from ferroflow.ops.counting import histogram_fixed_width_bins as histogram_fixed_width_bins
from ferroflow.ops.shapes import identity as identity
from ferroflow.ops.shapes import identity_n as identity_n
from ferroflow.ops.arithmetic import imag as imag
from ferroflow.framework.importer import import_graph_def as import_graph_def
from ferroflow.framework.context import init_scope as init_scope
from ferroflow.framework.variable_collections import initialize_all_tables as initialize_all_tables
from ferroflow.framework.variable_collections import initialize_all_variables as initialize_all_variables
from ferroflow.framework.variable_collections import initialize_local_variables as initialize_local_variables
from ferroflow.framework.variable_collections import initialize_variables as initialize_variables
from ferroflow.compat.v1 import initializers as initializers
from ferroflow.framework.context import inside_function as inside_function
from ferroflow.framework.dtypes import int16 as int16
from ferroflow.framework.dtypes import int32 as int32
from ferroflow.framework.dtypes import int64 as int64
from ferroflow.framework.dtypes import int8 as int8
from ferroflow.ops.sequence import invert_permutation as invert_permutation
from ferroflow.compat.v1 import io as io
from ferroflow.ops.unary import is_finite as is_finite
from ferroflow.ops.unary import is_inf as is_inf
from ferroflow.ops.unary import is_nan as is_nan
from ferroflow.ops.sequence import is_non_decreasing as is_non_decreasing
from ferroflow.ops.shape_checks import is_numeric_tensor as is_numeric_tensor
from ferroflow.ops.sequence import is_strictly_increasing as is_strictly_increasing
from ferroflow.framework.tensors import is_symbolic_tensor as is_symbolic_tensor
from ferroflow.framework.tensors import is_tensor as is_tensor
from ferroflow.framework.variable_collections import is_variable_initialized as is_variable_initialized
from ferroflow.ops.binary import less as less
from ferroflow.ops.binary import less_equal as less_equal
from ferroflow.ops.special import lgamma as lgamma
from ferroflow.ops.sequence import linspace as lin_space
from ferroflow.compat.v1 import linalg as linalg
from ferroflow.ops.sequence import linspace as linspace
from ferroflow.framework.variable_collections import local_variables as local_variables
from ferroflow.framework.variable_collections import local_variables_initializer as local_variables_initializer
from ferroflow.ops.unary import log as log
from ferroflow.ops.unary import log1p as log1p
from ferroflow.ops.activation import log_sigmoid as log_sigmoid
from ferroflow import logging as logging
from ferroflow.ops.binary import logical_and as logical_and
from ferroflow.ops.unary import logical_not as logical_not
from ferroflow.ops.binary import logical_or as logical_or
from ferroflow.ops.arithmetic import logical_xor as logical_xor
from ferroflow import losses as losses
from ferroflow.framework.tensor_proto import make_ndarray as make_ndarray
from ferroflow.framework.template import make_template as make_template
from ferroflow.framework.tensor_proto import make_tensor_proto as make_tensor_proto
from ferroflow.ops.map_fn import map_fn as map_fn
from ferroflow.compat.v1 import math as math
from ferroflow.ops.matrices import matmul as matmul
from ferroflow.ops.matrices import band_part as matrix_band_part
from ferroflow.ops.matrices import diag as matrix_diag
from ferroflow.ops.matrices import diag_part as matrix_diag_part
from ferroflow.ops.matrices import set_diag as matrix_set_diag
from ferroflow.ops.matrices import matrix_transpose as matrix_transpose
from ferroflow.ops.binary import maximum as maximum
from ferroflow.ops.joining import meshgrid as meshgrid
from ferroflow import metrics as metrics
from ferroflow.framework.partitioned_variable import min_max_variable_partitioner as min_max_variable_partitioner
from ferroflow.ops.binary import minimum as minimum
from ferroflow.ops.binary import floormod as mod
from ferroflow.framework.variable_collections import model_variables as model_variables
from ferroflow.framework.variable_collections import moving_average_variables as moving_average_variables
from ferroflow.ops.random import multinomial as multinomial
from ferroflow.ops.binary import multiply as multiply
from ferroflow.framework.name_scope import name_scope_v1 as name_scope
from ferroflow.ops.unary import negative as negative
from ferroflow import nest as nest
from ferroflow.framework.tensors import newaxis as newaxis
from ferroflow.compat.v1 import nn as nn
from ferroflow.framework.gradients import no_gradient as no_gradient
from ferroflow.framework.grouping import no_op as no_op
from ferroflow.framework.variable_scope import no_regularizer as no_regularizer
from ferroflow.ops.matrices import norm_v1 as norm
from ferroflow.ops.arithmetic import not_equal as not_equal
from ferroflow.framework.script import numpy_function as numpy_function
from ferroflow.ops.shapes import one_hot as one_hot
from ferroflow.ops.shapes import ones as ones
from ferroflow.framework.initializers_v1 import Ones as ones_initializer
from ferroflow.ops.shapes import ones_like_v1 as ones_like
from ferroflow.framework.graph import op_scope as op_scope
from ferroflow.framework.initializers_v1 import Orthogonal as orthogonal_initializer
from ferroflow.ops.joining import pad_v1 as pad
from ferroflow.ops.joining import parallel_stack as parallel_stack
from ferroflow.ops.parsing import parse_example_v1 as parse_example
from ferroflow.ops.parsing import parse_single_example_v1 as parse_single_example
from ferroflow.framework.placeholders import placeholder as placeholder
from ferroflow.framework.placeholders import placeholder_with_default as placeholder_with_default
from ferroflow.ops.special import polygamma as polygamma
from ferroflow.ops.binary import pow as pow
from ferroflow.ops.flow import print as print
from ferroflow.framework.script import py_func as py_func
from ferroflow.framework.script import py_function as py_function
from ferroflow import python_io as python_io
from ferroflow.framework.dtypes import qint16 as qint16
from ferroflow.framework.dtypes import qint32 as qint32
from ferroflow.framework.dtypes import qint8 as qint8
from ferroflow import queue as queue
from ferroflow.framework.dtypes import quint16 as quint16
from ferroflow.framework.dtypes import quint8 as quint8
from ferroflow.compat.v1 import ragged as ragged
from ferroflow.compat.v1 import random as random
from ferroflow.ops.random import random_crop as random_crop
from ferroflow.framework.random_values import random_normal as random_normal
from ferroflow.framework.initializers_v1 import RandomNormal as random_normal_initializer
from ferroflow.ops.random import shuffle as random_shuffle
from ferroflow.framework.random_values import random_uniform as random_uniform
from ferroflow.framework.initializers_v1 import RandomUniform as random_uniform_initializer
from ferroflow.ops.sequence import range as range
from ferroflow.ops.shapes import rank as rank
from ferroflow import raw_ops as raw_ops
from ferroflow.ops.files import read_file as read_file
from ferroflow.ops.arithmetic import real as real
from ferroflow.ops.binary import realdiv as realdiv
from ferroflow.ops.unary import reciprocal as reciprocal
from ferroflow.framework.custom_gradient import recompute_grad as recompute_grad
from ferroflow.ops.reduction_v1 import reduce_all as reduce_all
from ferroflow.ops.reduction_v1 import reduce_any as reduce_any
from ferroflow.ops.strings import reduce_join_v1 as reduce_join
from ferroflow.ops.reduction_v1 import reduce_logsumexp as reduce_logsumexp
from ferroflow.ops.reduction_v1 import reduce_max as reduce_max
from ferroflow.ops.reduction_v1 import reduce_mean as reduce_mean
from ferroflow.ops.reduction_v1 import reduce_min as reduce_min
from ferroflow.ops.reduction_v1 import reduce_prod as reduce_prod
from ferroflow.ops.reduction_v1 import reduce_sum as reduce_sum
from ferroflow.framework.convert import register_tensor_conversion_function as register_tensor_conversion_function
from ferroflow.ops.joining import repeat as repeat
from ferroflow.framework.variable_collections import report_uninitialized_variables as report_uninitialized_variables
from ferroflow.framework.graph import reset_default_graph as reset_default_graph
from ferroflow.ops.shapes import reshape as reshape
from ferroflow.framework.dtypes import resource as resource
from ferroflow.framework.variables import resource_variables_enabled as resource_variables_enabled
from ferroflow.ops.joining import reverse as reverse
from ferroflow.ops.joining import reverse_sequence_v1 as reverse_sequence
from ferroflow.ops.joining import reverse as reverse_v2
from ferroflow.ops.unary import rint as rint
from ferroflow.ops.arithmetic import round as round
from ferroflow.ops.unary import rsqrt as rsqrt
from ferroflow.ops.arithmetic import saturate_cast as saturate_cast
from ferroflow.ops.arithmetic import scalar_mul as scalar_mul
from ferroflow.ops.folds import scan as scan
from ferroflow.framework.state import scatter_add as scatter_add
from ferroflow.framework.state import scatter_div as scatter_div
from ferroflow.framework.state import scatter_max as scatter_max
from ferroflow.framework.state import scatter_min as scatter_min
from ferroflow.framework.state import scatter_mul as scatter_mul
from ferroflow.ops.picking import scatter_nd as scatter_nd
from ferroflow.framework.state import scatter_nd_add as scatter_nd_add
from ferroflow.framework.state import scatter_nd_sub as scatter_nd_sub
from ferroflow.framework.state import scatter_nd_update as scatter_nd_update
from ferroflow.framework.state import scatter_sub as scatter_sub
from ferroflow.framework.state import scatter_update as scatter_update
from ferroflow.ops.sequence import searchsorted as searchsorted
from ferroflow.ops.segments import segment_max as segment_max
from ferroflow.ops.segments import segment_mean as segment_mean
from ferroflow.ops.segments import segment_min as segment_min
from ferroflow.ops.segments import segment_prod as segment_prod
from ferroflow.ops.segments import segment_sum as segment_sum
from ferroflow.ops.counting import sequence_mask as sequence_mask
from ferroflow.framework.random_seed import set_random_seed as set_random_seed
from ferroflow.ops.sequence import setdiff1d as setdiff1d
from ferroflow.ops.shapes import shape_v1 as shape
from ferroflow.ops.shapes import shape_n as shape_n
from ferroflow.ops.activation import sigmoid as sigmoid
from ferroflow.ops.unary import sign as sign
from ferroflow.ops.unary import sin as sin
from ferroflow.ops.unary import sinh as sinh
from ferroflow.ops.shapes import size_v1 as size
from ferroflow.ops.picking import slice as slice
from ferroflow.ops.sequence import sort as sort
from ferroflow.compat.v1 import sparse as sparse
from ferroflow.framework.sparse_tensor import sparse_placeholder as sparse_placeholder
from ferroflow.ops.sparse_segments import segment_mean_v1 as sparse_segment_mean
from ferroflow.ops.sparse_segments import segment_sqrt_n_v1 as sparse_segment_sqrt_n
from ferroflow.ops.sparse_segments import segment_sum_v1 as sparse_segment_sum
from ferroflow.ops.sparse import sparse_to_dense as sparse_to_dense
from ferroflow.ops.joining import split as split
from ferroflow.ops.unary import sqrt as sqrt
from ferroflow.ops.unary import square as square
from ferroflow.ops.binary import squared_difference as squared_difference
from ferroflow.ops.shapes import squeeze_v1 as squeeze
from ferroflow.ops.joining import stack as stack
from ferroflow.ops.shapes import stop_gradient as stop_gradient
from ferroflow.ops.picking import strided_slice as strided_slice
from ferroflow.framework.dtypes import string as string
from ferroflow.ops.strings import join as string_join
from ferroflow.ops.strings import to_number_v1 as string_to_number
from ferroflow.compat.v1 import strings as strings
from ferroflow.ops.binary import subtract as subtract
from ferroflow.compat.v1 import summary as summary
from ferroflow.ops.control_flow import switch_case as switch_case
from ferroflow.framework.variable_collections import tables_initializer as tables_initializer
from ferroflow.ops.unary import tan as tan
from ferroflow.ops.unary import tanh as tanh
from ferroflow.ops.picking import tensor_scatter_nd_add as tensor_scatter_add
from ferroflow.ops.picking import tensor_scatter_nd_add as tensor_scatter_nd_add
from ferroflow.ops.picking import tensor_scatter_nd_max as tensor_scatter_nd_max
from ferroflow.ops.picking import tensor_scatter_nd_min as tensor_scatter_nd_min
from ferroflow.ops.picking import tensor_scatter_nd_sub as tensor_scatter_nd_sub
from ferroflow.ops.picking import tensor_scatter_nd_update as tensor_scatter_nd_update
from ferroflow.ops.picking import tensor_scatter_nd_sub as tensor_scatter_sub
from ferroflow.ops.picking import tensor_scatter_nd_update as tensor_scatter_update
from ferroflow.ops.matrices import tensordot as tensordot
from ferroflow.compat.v1 import test as test
from ferroflow.ops.joining import tile as tile
from ferroflow.ops.arithmetic import to_bfloat16 as to_bfloat16
from ferroflow.ops.arithmetic import to_complex128 as to_complex128
from ferroflow.ops.arithmetic import to_complex64 as to_complex64
from ferroflow.ops.arithmetic import to_double as to_double
from ferroflow.ops.arithmetic import to_float as to_float
from ferroflow.ops.arithmetic import to_int32 as to_int32
from ferroflow.ops.arithmetic import to_int64 as to_int64
from ferroflow.ops.matrices import trace as trace
from ferroflow import train as train
from ferroflow.framework.variable_collections import trainable_variables as trainable_variables
from ferroflow.ops.joining import transpose_v1 as transpose
from ferroflow.ops.arithmetic import truediv as truediv
from ferroflow.framework.random_values import truncated_normal as truncated_normal
from ferroflow.framework.initializers_v1 import TruncatedNormal as truncated_normal_initializer
from ferroflow.ops.binary import truncatediv as truncatediv
from ferroflow.ops.binary import truncatemod as truncatemod
from ferroflow.framework.grouping import tuple as tuple
from ferroflow.framework.type_spec import type_spec_from_value as type_spec_from_value
from ferroflow import types as types
from ferroflow.framework.dtypes import uint16 as uint16
from ferroflow.framework.dtypes import uint32 as uint32
from ferroflow.framework.dtypes import uint64 as uint64
from ferroflow.framework.dtypes import uint8 as uint8
from ferroflow.framework.initializers_v1 import UniformUnitScaling as uniform_unit_scaling_initializer
from ferroflow.ops.sequence import unique as unique
from ferroflow.ops.sequence import unique_with_counts as unique_with_counts
from ferroflow.ops.sequence import unravel_index as unravel_index
from ferroflow.ops.segments import unsorted_segment_max as unsorted_segment_max
from ferroflow.ops.counting import unsorted_segment_mean as unsorted_segment_mean
from ferroflow.ops.segments import unsorted_segment_min as unsorted_segment_min
from ferroflow.ops.segments import unsorted_segment_prod as unsorted_segment_prod
from ferroflow.ops.counting import unsorted_segment_sqrt_n as unsorted_segment_sqrt_n
from ferroflow.ops.segments import unsorted_segment_sum as unsorted_segment_sum
from ferroflow.ops.joining import unstack as unstack
from ferroflow import v1 as v1
from ferroflow.framework.partitioned_variable import variable_axis_size_partitioner as variable_axis_size_partitioner
from ferroflow.framework.context import variable_creator_scope as variable_creator_scope
from ferroflow.framework.variable_scope import variable_op_scope as variable_op_scope
from ferroflow.framework.variable_scope import variable_scope as variable_scope
from ferroflow.framework.variable_collections import variables_initializer as variables_initializer
from ferroflow.framework.initializers_v1 import VarianceScaling as variance_scaling_initializer
from ferroflow.framework.dtypes import variant as variant
from ferroflow.ops.map_fn import vectorized_map as vectorized_map
from ferroflow.ops.checks import verify_tensor_all_finite as verify_tensor_all_finite
from ferroflow import version as version
from ferroflow.ops.picking import where_v1 as where
from ferroflow.ops.picking import where as where_v2
from ferroflow.ops.loops import while_loop_v1 as while_loop
from ferroflow.framework.function.wrap import wrap_function as wrap_function
from ferroflow.ops.files import write_file as write_file
from ferroflow.ops.shapes import zeros as zeros
from ferroflow.framework.initializers_v1 import Zeros as zeros_initializer
from ferroflow.ops.shapes import zeros_like_v1 as zeros_like
from ferroflow.ops.special import zeta as zeta

__version__: str
VERSION: str

__all__ = [
    "AUTO_REUSE",
    "AggregationMethod",
    "Assert",
    "AttrValue",
    "ConfigProto",
    "DType",
    "DeviceSpec",
    "Dimension",
    "Event",
    "FIFOQueue",
    "FixedLenFeature",
    "FixedLenSequenceFeature",
    "GPUOptions",
    "GradientTape",
    "Graph",
    "GraphDef",
    "GraphKeys",
    "GraphOptions",
    "HistogramProto",
    "IndexedSlices",
    "IndexedSlicesSpec",
    "InteractiveSession",
    "LogMessage",
    "MetaGraphDef",
    "Module",
    "NameAttrList",
    "NoGradient",
    "NodeDef",
    "NotDifferentiable",
    "OpError",
    "Operation",
    "OptimizerOptions",
    "OptionalSpec",
    "PaddingFIFOQueue",
    "Print",
    "PriorityQueue",
    "QUANTIZED_DTYPES",
    "QueueBase",
    "RaggedTensor",
    "RaggedTensorSpec",
    "RandomShuffleQueue",
    "RegisterGradient",
    "RunMetadata",
    "RunOptions",
    "Session",
    "SessionLog",
    "SparseTensor",
    "SparseTensorSpec",
    "SparseTensorValue",
    "Summary",
    "SummaryMetadata",
    "Tensor",
    "TensorArray",
    "TensorArraySpec",
    "TensorInfo",
    "TensorShape",
    "TensorSpec",
    "TypeSpec",
    "UnconnectedGradients",
    "VarLenFeature",
    "Variable",
    "VariableAggregation",
    "VariableScope",
    "VariableSpec",
    "VariableSynchronization",
    "__internal__",
    "abs",
    "accumulate_n",
    "acos",
    "acosh",
    "add",
    "add_n",
    "add_to_collection",
    "add_to_collections",
    "all_variables",
    "angle",
    "app",
    "arg_max",
    "arg_min",
    "argmax",
    "argmin",
    "argsort",
    "as_dtype",
    "as_string",
    "asin",
    "asinh",
    "assert_equal",
    "assert_greater",
    "assert_greater_equal",
    "assert_integer",
    "assert_less",
    "assert_less_equal",
    "assert_near",
    "assert_negative",
    "assert_non_negative",
    "assert_non_positive",
    "assert_none_equal",
    "assert_positive",
    "assert_proper_iterable",
    "assert_rank",
    "assert_rank_at_least",
    "assert_rank_in",
    "assert_same_float_dtype",
    "assert_scalar",
    "assert_type",
    "assert_variables_initialized",
    "assign",
    "assign_add",
    "assign_sub",
    "atan",
    "atan2",
    "atanh",
    "autodiff",
    "autograph",
    "batch_gather",
    "batch_scatter_update",
    "bfloat16",
    "bincount",
    "bitcast",
    "bitwise",
    "bool",
    "boolean_mask",
    "broadcast_dynamic_shape",
    "broadcast_static_shape",
    "broadcast_to",
    "case",
    "cast",
    "ceil",
    "check_numerics",
    "clip_by_average_norm",
    "clip_by_global_norm",
    "clip_by_norm",
    "clip_by_value",
    "colocate_with",
    "compat",
    "complex",
    "complex128",
    "complex64",
    "concat",
    "cond",
    "config",
    "confusion_matrix",
    "conj",
    "constant",
    "constant_initializer",
    "container",
    "control_dependencies",
    "control_flow_v2_enabled",
    "convert_to_tensor",
    "convert_to_tensor_or_indexed_slices",
    "convert_to_tensor_or_sparse_tensor",
    "cos",
    "cosh",
    "count_nonzero",
    "count_up_to",
    "cumprod",
    "cumsum",
    "custom_gradient",
    "data",
    "debugging",
    "decode_csv",
    "decode_raw",
    "device",
    "diag",
    "diag_part",
    "digamma",
    "dimension_at_index",
    "dimension_value",
    "disable_control_flow_v2",
    "disable_eager_execution",
    "disable_resource_variables",
    "disable_tensor_equality",
    "disable_v2_behavior",
    "disable_v2_tensorshape",
    "div",
    "div_no_nan",
    "divide",
    "double",
    "dtypes",
    "dynamic_partition",
    "dynamic_stitch",
    "einsum",
    "enable_control_flow_v2",
    "enable_eager_execution",
    "enable_resource_variables",
    "enable_tensor_equality",
    "enable_v2_behavior",
    "enable_v2_tensorshape",
    "ensure_shape",
    "equal",
    "erf",
    "erfc",
    "errors",
    "executing_eagerly",
    "executing_eagerly_outside_functions",
    "exp",
    "expand_dims",
    "experimental",
    "expm1",
    "eye",
    "fill",
    "fixed_size_partitioner",
    "flags",
    "float16",
    "float32",
    "float64",
    "floor",
    "floor_div",
    "floordiv",
    "floormod",
    "foldl",
    "foldr",
    "function",
    "gather",
    "gather_nd",
    "get_all_collection_keys",
    "get_collection",
    "get_collection_ref",
    "get_current_name_scope",
    "get_default_graph",
    "get_default_session",
    "get_local_variable",
    "get_logger",
    "get_seed",
    "get_static_value",
    "get_variable",
    "get_variable_scope",
    "gfile",
    "global_norm",
    "global_variables",
    "global_variables_initializer",
    "glorot_normal_initializer",
    "glorot_uniform_initializer",
    "grad_pass_through",
    "gradients",
    "graph_util",
    "greater",
    "greater_equal",
    "group",
    "guarantee_const",
    "half",
    "hessians",
    "histogram_fixed_width",
    "histogram_fixed_width_bins",
    "identity",
    "identity_n",
    "imag",
    "import_graph_def",
    "init_scope",
    "initialize_all_tables",
    "initialize_all_variables",
    "initialize_local_variables",
    "initialize_variables",
    "initializers",
    "inside_function",
    "int16",
    "int32",
    "int64",
    "int8",
    "invert_permutation",
    "io",
    "is_finite",
    "is_inf",
    "is_nan",
    "is_non_decreasing",
    "is_numeric_tensor",
    "is_strictly_increasing",
    "is_symbolic_tensor",
    "is_tensor",
    "is_variable_initialized",
    "less",
    "less_equal",
    "lgamma",
    "lin_space",
    "linalg",
    "linspace",
    "local_variables",
    "local_variables_initializer",
    "log",
    "log1p",
    "log_sigmoid",
    "logging",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "losses",
    "make_ndarray",
    "make_template",
    "make_tensor_proto",
    "map_fn",
    "math",
    "matmul",
    "matrix_band_part",
    "matrix_diag",
    "matrix_diag_part",
    "matrix_set_diag",
    "matrix_transpose",
    "maximum",
    "meshgrid",
    "metrics",
    "min_max_variable_partitioner",
    "minimum",
    "mod",
    "model_variables",
    "moving_average_variables",
    "multinomial",
    "multiply",
    "name_scope",
    "negative",
    "nest",
    "newaxis",
    "nn",
    "no_gradient",
    "no_op",
    "no_regularizer",
    "norm",
    "not_equal",
    "numpy_function",
    "one_hot",
    "ones",
    "ones_initializer",
    "ones_like",
    "op_scope",
    "orthogonal_initializer",
    "pad",
    "parallel_stack",
    "parse_example",
    "parse_single_example",
    "placeholder",
    "placeholder_with_default",
    "polygamma",
    "pow",
    "print",
    "py_func",
    "py_function",
    "python_io",
    "qint16",
    "qint32",
    "qint8",
    "queue",
    "quint16",
    "quint8",
    "ragged",
    "random",
    "random_crop",
    "random_normal",
    "random_normal_initializer",
    "random_shuffle",
    "random_uniform",
    "random_uniform_initializer",
    "range",
    "rank",
    "raw_ops",
    "read_file",
    "real",
    "realdiv",
    "reciprocal",
    "recompute_grad",
    "reduce_all",
    "reduce_any",
    "reduce_join",
    "reduce_logsumexp",
    "reduce_max",
    "reduce_mean",
    "reduce_min",
    "reduce_prod",
    "reduce_sum",
    "register_tensor_conversion_function",
    "repeat",
    "report_uninitialized_variables",
    "reset_default_graph",
    "reshape",
    "resource",
    "resource_variables_enabled",
    "reverse",
    "reverse_sequence",
    "reverse_v2",
    "rint",
    "round",
    "rsqrt",
    "saturate_cast",
    "scalar_mul",
    "scan",
    "scatter_add",
    "scatter_div",
    "scatter_max",
    "scatter_min",
    "scatter_mul",
    "scatter_nd",
    "scatter_nd_add",
    "scatter_nd_sub",
    "scatter_nd_update",
    "scatter_sub",
    "scatter_update",
    "searchsorted",
    "segment_max",
    "segment_mean",
    "segment_min",
    "segment_prod",
    "segment_sum",
    "sequence_mask",
    "set_random_seed",
    "setdiff1d",
    "shape",
    "shape_n",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "size",
    "slice",
    "sort",
    "sparse",
    "sparse_placeholder",
    "sparse_segment_mean",
    "sparse_segment_sqrt_n",
    "sparse_segment_sum",
    "sparse_to_dense",
    "split",
    "sqrt",
    "square",
    "squared_difference",
    "squeeze",
    "stack",
    "stop_gradient",
    "strided_slice",
    "string",
    "string_join",
    "string_to_number",
    "strings",
    "subtract",
    "summary",
    "switch_case",
    "tables_initializer",
    "tan",
    "tanh",
    "tensor_scatter_add",
    "tensor_scatter_nd_add",
    "tensor_scatter_nd_max",
    "tensor_scatter_nd_min",
    "tensor_scatter_nd_sub",
    "tensor_scatter_nd_update",
    "tensor_scatter_sub",
    "tensor_scatter_update",
    "tensordot",
    "test",
    "tile",
    "to_bfloat16",
    "to_complex128",
    "to_complex64",
    "to_double",
    "to_float",
    "to_int32",
    "to_int64",
    "trace",
    "train",
    "trainable_variables",
    "transpose",
    "truediv",
    "truncated_normal",
    "truncated_normal_initializer",
    "truncatediv",
    "truncatemod",
    "tuple",
    "type_spec_from_value",
    "types",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uniform_unit_scaling_initializer",
    "unique",
    "unique_with_counts",
    "unravel_index",
    "unsorted_segment_max",
    "unsorted_segment_mean",
    "unsorted_segment_min",
    "unsorted_segment_prod",
    "unsorted_segment_sqrt_n",
    "unsorted_segment_sum",
    "unstack",
    "v1",
    "variable_axis_size_partitioner",
    "variable_creator_scope",
    "variable_op_scope",
    "variable_scope",
    "variables_initializer",
    "variance_scaling_initializer",
    "variant",
    "vectorized_map",
    "verify_tensor_all_finite",
    "version",
    "where",
    "where_v2",
    "while_loop",
    "wrap_function",
    "write_file",
    "zeros",
    "zeros_initializer",
    "zeros_like",
    "zeta",
    "VERSION",
]
