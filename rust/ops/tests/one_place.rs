//! An op is written in one place: an implementation of its class's trait says everything, and the registry has it.
use ferroflow_ops::build::dense;
use ferroflow_ops::elementwise::{Binary, Kinds, Unary};
use ferroflow_ops::num::Float;
use ferroflow_ops::{
    Attrs, Build, Entry, Gpu, Grad, GradValue, Gradient, Infer, Partial, ShapeRule, Test, ValueType, bind, op, output_types, registry,
};
use ferroflow_tensor::{DType, PartialShape, Result, Tensor};

/// x^3.
struct Cube;
impl Unary for Cube {
    const KINDS: Kinds = Kinds::FLOATS;
    const ENTRY: Entry = Entry {
        name: "Cube",
        sig: "x: T -> y: T",
        attrs: "T: {half, float, double}",
        doc: "x^3, element by element.",
        shape: ShapeRule::Same,
        grad: Gradient::Rule(Self::grad, &["x"]),
        gpu: Gpu::Body,
        test: Test::np("x ** 3", (-2.0, 2.0)),
        ..Entry::NEW
    };
    fn eval<V: Float>(x: V) -> V {
        x * x * x
    }
    fn grad(b: &mut dyn Build, g: &Grad) -> Result<Vec<Option<GradValue>>> {
        let (dy, three, square) = (g.dy(b, 0), b.lit(g.x(0), 3.0), b.square(g.x(0)));
        let slope = b.mul(three, square);
        dense([b.mul(dy, slope)])
    }
}

/// x + 2 y.
struct AddTwice;
impl Binary for AddTwice {
    const KINDS: Kinds = Kinds::FLOATS;
    const ENTRY: Entry = Entry {
        name: "AddTwice",
        sig: "x: T, y: T -> z: T",
        attrs: "T: {half, float, double}",
        doc: "x + 2 y, element by element with broadcasting.",
        shape: ShapeRule::Broadcast,
        grad: Gradient::Missing("not needed here"),
        gpu: Gpu::Body,
        test: Test::np("x + 2 * y", (-2.0, 2.0)),
        ..Entry::NEW
    };
    fn eval<V: Float>(x: V, y: V) -> V {
        x + V::lit(2.0) * y
    }
}

/// Binds and infers an op on values of these types.
fn infer(name: &str, inputs: &[ValueType]) -> Result<ValueType> {
    let op = op(name)?;
    let dtypes: Vec<DType> = inputs.iter().map(|t| t.dtype).collect();
    let attrs = bind(op, &dtypes, Attrs::of(&[]))?;
    Ok(Infer::run(op, &attrs, inputs, &output_types(op, &attrs)?, false)?.remove(0))
}

fn shape(dims: &[Option<usize>]) -> PartialShape {
    PartialShape::new(dims.to_vec())
}

#[test]
fn a_new_op_is_found_with_all_that_its_entry_says() {
    assert!(registry::find("Cube").is_none());
    registry::add(Cube::ENTRY).unwrap();
    registry::add(AddTwice::ENTRY).unwrap();
    let cube = registry::find("Cube").unwrap();
    assert_eq!((cube.inputs.len(), cube.attrs[0].types.len()), (1, 3));
    assert!(matches!(cube.entry.grad, Gradient::Rule(_, ["x"])));
    let x = ValueType::new(DType::Float, shape(&[None, Some(1)]));
    assert_eq!(infer("Cube", std::slice::from_ref(&x)).unwrap().shape, shape(&[None, Some(1)]));
    let y = ValueType::new(DType::Float, shape(&[Some(5)]));
    let z = infer("AddTwice", &[x.clone(), y]).unwrap();
    assert_eq!((z.dtype, z.shape), (DType::Float, shape(&[None, Some(5)])));
    let int = ValueType::new(DType::Int32, shape(&[]));
    assert!(infer("Cube", &[int]).unwrap_err().message().contains("is not in the list of allowed values"));
    assert!(registry::add(Cube::ENTRY).is_err());
}

#[test]
fn every_entry_is_complete() {
    let names: Vec<&str> = registry::all().iter().map(|o| o.name).collect();
    for e in ferroflow_ops::ops::elementwise::entries() {
        assert!(names.contains(&e.name), "{} does not parse", e.name);
        assert!(e.doc.ends_with('.') && e.doc.len() > 20, "{}: {}", e.name, e.doc);
        assert!(!matches!(e.grad, Gradient::Missing("")), "{} says nothing of its gradient", e.name);
        assert!(!e.test.np.is_empty(), "{} has no test", e.name);
        assert!(!matches!(e.gpu, Gpu::Host("")), "{} says nothing of GPUs", e.name);
        if let Gradient::Rule(_, reads) = e.grad {
            let def = op(e.name).unwrap();
            let known = |r: &str| def.input(r).is_some() || def.outputs.iter().any(|o| o.name == r);
            assert!(reads.iter().all(|r| known(r)), "{}: {reads:?}", e.name);
        }
    }
}

#[test]
fn partly_known_sizes_survive_arithmetic() {
    let sizes = |v: &[Option<i64>]| ValueType {
        value: Some(Partial::Ints(v.to_vec(), false)),
        ..ValueType::new(DType::Int32, shape(&[Some(v.len())]))
    };
    let number = |x: i32| ValueType::of(&Tensor::scalar(x));
    let known = |op: &str, x: ValueType, y: ValueType| infer(op, &[x, y]).unwrap().value.and_then(|v| v.ints());
    let v = sizes(&[Some(6), None, Some(-7)]);
    assert_eq!(known("Mul", v.clone(), number(2)), Some(vec![Some(12), None, Some(-14)]));
    assert_eq!(known("Sub", number(1), v.clone()), Some(vec![Some(-5), None, Some(8)]));
    assert_eq!(known("FloorDiv", v.clone(), number(4)), Some(vec![Some(1), None, Some(-2)]));
    assert_eq!(known("FloorDiv", v.clone(), number(0)), Some(vec![None, None, None]));
    assert_eq!(known("Maximum", v.clone(), number(0)), Some(vec![Some(6), None, Some(0)]));
    assert_eq!(known("AddV2", v.clone(), sizes(&[None, Some(1), Some(7)])), Some(vec![None, None, Some(0)]));
    assert_eq!(known("AddV2", number(i32::MAX), number(1)), Some(vec![Some(i32::MIN.into())]));
    let scalar = infer("Mul", &[number(3), number(4)]).unwrap().value.and_then(|v| v.tensor(DType::Int32)).unwrap();
    assert_eq!((scalar.shape().rank(), scalar.item::<i32>().unwrap()), (0, 12));
    assert_eq!(infer("Neg", &[v]).unwrap().value.and_then(|v| v.ints()), Some(vec![Some(-6), None, Some(7)]));
    let floats = ValueType::of(&Tensor::scalar(1.0f32));
    assert!(known("AddV2", floats.clone(), floats).is_none());
}

#[test]
fn shapes_of_comparisons_and_gradients_are_those_of_tensorflow() {
    let t = |dims: &[Option<usize>]| ValueType::new(DType::Float, shape(dims));
    let equal = |x: &[Option<usize>], y: &[Option<usize>], strict: bool| {
        let def = op("Equal").unwrap();
        let attrs = bind(def, &[DType::Float; 2], Attrs::of(&[("incompatible_shape_error", strict.into())])).unwrap();
        Infer::run(def, &attrs, &[t(x), t(y)], &[(DType::Bool, false)], false).map(|o| o[0].shape.clone())
    };
    assert_eq!(equal(&[Some(2)], &[Some(3)], true).unwrap_err().message(), "Dimensions must be equal, but are 2 and 3");
    assert_eq!(equal(&[Some(2)], &[Some(3)], false).unwrap(), PartialShape::scalar());
    assert_eq!(equal(&[Some(2)], &[], false).unwrap(), shape(&[Some(2)]));
    assert_eq!(equal(&[None], &[Some(3)], false).unwrap(), PartialShape::UNKNOWN);
    assert_eq!(equal(&[None], &[Some(3)], true).unwrap(), shape(&[Some(3)]));
    let e = infer("ReluGrad", &[t(&[Some(2)]), t(&[Some(3)])]).unwrap_err();
    assert_eq!(e.message(), "Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3].");
    assert_eq!(infer("ReluGrad", &[t(&[None]), t(&[Some(3)])]).unwrap().shape, shape(&[Some(3)]));
    assert_eq!(infer("TanhGrad", &[t(&[Some(2)]), t(&[Some(3)])]).unwrap().shape, shape(&[Some(2)]));
}
