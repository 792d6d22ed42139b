"""What ops make of ragged tensors: element by element, along their axes, or not at all.

The compiled module asks here when an operand of an op is no tensor but says by `__op_dispatch__` that it knows better.
"""

from ...framework.dispatch import call_op
from . import elementwise

# Ops that work element by element, on one tensor and on two.
_UNARY = frozenset(
    "Abs Acos Acosh Angle Asin Asinh Atan Atanh AsString Bitcast Cast Ceil CheckNumerics ComplexAbs Conj Cos Cosh Digamma Elu "
    "Erf Erfc Erfinv Exp Expm1 Floor Identity Imag Inv Invert IsFinite IsInf IsNan LeakyRelu Lgamma Log Log1p LogicalNot Ndtri "
    "Neg OnesLike Real Reciprocal Relu Relu6 Rint Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Square "
    "StringLength StringToNumber StopGradient Tan Tanh ZerosLike".split()
)
_BINARY = frozenset(
    "Add AddV2 Atan2 BitwiseAnd BitwiseOr BitwiseXor Complex Div DivNoNan Equal FloorDiv FloorMod Greater GreaterEqual "
    "LeftShift Less LessEqual LogicalAnd LogicalOr Maximum Minimum Mod Mul MulNoNan NextAfter NotEqual Pow RealDiv RightShift "
    "SquaredDifference Sub TruncateDiv TruncateMod Xdivy Xlog1py Xlogy".split()
)
# Ops of other forms: module and function, called with operands, attributes and scope.
_OTHERS = {
    "AddN": ("elementwise", "add_n"),
    "ConcatV2": ("joining", "concat_op"),
    "Pack": ("joining", "pack_op"),
    "GatherV2": ("picking", "gather_op"),
    "ExpandDims": ("merging", "expand_dims_op"),
    "Size": ("merging", "size_op"),
    "Rank": ("merging", "rank_op"),
    "Sum": ("reducing", "reduce_op"),
    "Prod": ("reducing", "reduce_op"),
    "Max": ("reducing", "reduce_op"),
    "Min": ("reducing", "reduce_op"),
    "Mean": ("reducing", "reduce_op"),
    "All": ("reducing", "reduce_op"),
    "Any": ("reducing", "reduce_op"),
}


def run(number, name, inputs, attrs, scope):
    """The result of op `name` for operands with ragged tensors among them; NotImplemented if it is not for them."""

    def again(*operands):
        return call_op(number, operands, attrs, scope)

    if name in _UNARY:
        return elementwise.unary(again, *inputs)
    if name in _BINARY:
        return elementwise.binary(again, *inputs)
    if name == "SelectV2":
        return elementwise.select(again, *inputs)
    if name in _OTHERS:
        from importlib import import_module

        module, function = _OTHERS[name]
        return getattr(import_module(f"{__package__}.{module}"), function)(name, inputs, attrs)
    return NotImplemented
