//! The public API end to end: operators and their errors, names, gradients, optimizers, checkpoints, eager mode.
use ferroflow::eager::{self, Value};
use ferroflow::prelude::*;
use ferroflow::train::{Adadelta, Adagrad, Ftrl, Momentum, RmsProp};
use ferroflow::{Result, SessionOptions, random};

fn floats(t: &Tensor) -> Vec<f32> {
    t.slice::<f32>().unwrap().to_vec()
}

#[test]
fn operators_follow_tensorflow() -> Result<()> {
    let g = Graph::new();
    let x = g.placeholder("x", DType::Float, [2])?;
    let i = g.constant([7, -7])?;
    let fetches = [x + x, 1.0 - x, x * 2, 3 / x, -x, x % 2.0];
    let out = Session::new(&g)?.run(&fetches, &[(x, [3.0f32, -1.5].to_tensor()?)])?;
    let want = [[6.0, -3.0], [-2.0, 2.5], [6.0, -3.0], [1.0, -2.0], [-3.0, 1.5], [1.0, 0.5]];
    assert_eq!(out.iter().map(floats).collect::<Vec<_>>(), want);
    let quotient = (i / 2).check()?;
    assert_eq!((quotient.dtype()?, (i % 4).dtype()?), (DType::Double, DType::Int32));
    let out = Session::new(&g)?.run(&[quotient, i % 4], &[])?;
    assert_eq!((out[0].slice::<f64>()?, out[1].slice::<i32>()?), (&[3.5, -3.5][..], &[3, 1][..]));
    assert_eq!((x + x).name()?, "add_1:0");
    Ok(())
}

#[test]
fn a_faulty_operator_poisons_what_follows() -> Result<()> {
    let g = Graph::new();
    let a = g.placeholder("a", DType::Float, [2, 3])?;
    let b = g.placeholder("b", DType::Float, [4])?;
    let line = line!() + 1;
    let bad = a * b;
    let further = -(bad + 1.0) / a;
    let nodes = g.core().len();
    for result in [further.check().map(drop), ops::relu(further).map(drop), Session::new(&g)?.run(&[further], &[]).map(drop)] {
        let e = result.unwrap_err();
        let place = e.report().place.clone().unwrap();
        assert_eq!((e.code(), place.line), (Code::InvalidArgument, line));
        assert!(place.file.ends_with("api.rs"));
        assert!(e.to_string().contains(&format!("api.rs:{line}\n")), "{e}");
    }
    assert!(gradients(&[further], &[a]).is_err());
    assert_eq!(g.core().len(), nodes);
    Ok(())
}

#[test]
fn numbers_adopt_dtypes_or_fail() -> Result<()> {
    let g = Graph::new();
    let i = g.constant([1u8, 2])?;
    assert_eq!((i + 200).dtype()?, DType::UInt8);
    assert_eq!((i + 300).check().unwrap_err().code(), Code::Value);
    assert_eq!((i + 1.5).check().unwrap_err().code(), Code::Type);
    assert_eq!((g.constant("s")? * 2).check().unwrap_err().code(), Code::Type);
    assert_eq!(ops::sum(g.constant([[1.0f64]])?, 0, None)?.shape()?.to_string(), "[1]");
    assert!(ops::fill([2], 1.0).unwrap_err().message().contains("no operand"));
    Ok(())
}

#[test]
fn graphs_do_not_mix() -> Result<()> {
    let (g, h) = (Graph::new(), Graph::new());
    let (x, y) = (g.constant(1.0f32)?, h.constant(2.0f32)?);
    assert!((x + y).check().is_err());
    assert!(Session::new(&g)?.run(&[y], &[]).is_err());
    assert!(Session::new(&g)?.run(&[x], &[(y, 1f32.to_tensor()?)]).is_err());
    assert!(Session::new(&g)?.run_ops(&[h.initializer()?], &[]).is_err());
    assert!(gradients(&[x], &[y]).is_err());
    assert!(g.control_dependencies(&[y.op()?], || Ok(())).is_err());
    Ok(())
}

#[test]
fn feeds_are_checked() -> Result<()> {
    let g = Graph::new();
    let x = g.placeholder("x", DType::Float, [-1, 2])?;
    let s = Session::with_options(&g, SessionOptions { verify: true, ..SessionOptions::default() })?;
    assert_eq!(s.run(&[x * 2.0], &[(x, [[1i32, 2]].to_tensor()?)]).unwrap_err().code(), Code::Value);
    assert_eq!(s.run(&[x * 2.0], &[(x, [1f32, 2.0].to_tensor()?)]).unwrap_err().code(), Code::Value);
    assert_eq!(s.run(&[x * 2.0], &[]).unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(floats(&s.run(&[x * 2.0], &[(x, [[1f32, 2.0]].to_tensor()?)])?[0]), [2.0, 4.0]);
    s.close();
    assert_eq!(s.run(&[x], &[(x, [[1f32, 2.0]].to_tensor()?)]).unwrap_err().code(), Code::Runtime);
    Ok(())
}

#[test]
fn scopes_name_and_order_nodes() -> Result<()> {
    let g = Graph::new();
    let names = (0..2).map(|_| g.name_scope("layer", || Ok((Variable::new(&g, 0.5, "w")?.name()?, (g.constant(1)? + 1).name()?))));
    assert_eq!(
        names.collect::<Result<Vec<_>>>()?,
        [("layer/w".into(), "layer/add:0".into()), ("layer_1/w".into(), "layer_1/add:0".into())]
    );
    assert!(g.name_scope("faulty", || g.op("nothing")).is_err());
    let v = Variable::new(&g, 1.0, "v")?;
    let update = v.assign_add(1.0)?;
    let after = g.control_dependencies(&[update], || v.read())?;
    assert_eq!(after.name()?, "ReadVariableOp:0");
    let s = Session::new(&g)?;
    assert_eq!(s.run(&[v.value()], &[]).unwrap_err().code(), Code::FailedPrecondition);
    s.run_ops(&[g.initializer()?], &[])?;
    assert_eq!(s.run(&[after], &[])?[0].item::<f32>()?, 2.0);
    assert_eq!(g.tensor("v/Read/ReadVariableOp:0")?.endpoint()?, v.value().endpoint()?);
    assert_eq!(g.tensor("v").unwrap_err().code(), Code::Value);
    assert_eq!(g.tensor("none:0").unwrap_err().code(), Code::Key);
    let on = g.device("/CPU:0", || g.constant(3))?;
    assert_eq!(&*g.core().node(on.endpoint()?.node)?.device, "/CPU:0");
    Ok(())
}

#[test]
fn gradients_of_reads_and_gathers() -> Result<()> {
    let g = Graph::new();
    let v = Variable::new(&g, [[1f32, 2.0], [3.0, 4.0], [5.0, 6.0]], "v")?;
    let rows = ops::resource_gather(v.handle(), g.constant([0, 2, 0])?, DType::Float, None)?;
    let loss = ops::sum(rows * 2.0, [0, 1], None)? + ops::sum(v.read()?, [0, 1], None)?;
    let found = gradients(&[loss], &[v])?;
    let unrelated = g.constant(1f32)?;
    assert!(gradients(&[loss], &[unrelated])?[0].is_none());
    assert_eq!(gradients(&[g.constant(1)?], &[unrelated]).unwrap_err().code(), Code::Type);
    let s = Session::new(&g)?;
    s.run_ops(&[g.initializer()?], &[])?;
    assert_eq!(floats(&s.run(&[found[0].unwrap()], &[])?[0]), [5.0, 5.0, 1.0, 1.0, 3.0, 3.0]);
    Ok(())
}

/// Loss before and after some steps on (w - 3)^2 and rows of a table, and the names of the variables.
fn trained<'g>(g: &'g Graph, optimizer: &dyn Optimizer<'g>) -> Result<(f32, f32, Vec<String>)> {
    let w = Variable::new(g, [0.0f32, 1.0], "w")?;
    let table = Variable::new(g, [[1f32], [2.0], [3.0]], "table")?;
    let rows = ops::resource_gather(table.handle(), g.constant([1, 1])?, DType::Float, None)?;
    let loss = ops::sum((w - 3.0) * (w - 3.0), [0], None)? + ops::sum(rows * rows, [0, 1], None)?;
    let train = optimizer.minimize(loss)?;
    let s = Session::new(g)?;
    s.run_ops(&[g.initializer()?], &[])?;
    let before = s.run(&[loss], &[])?[0].item()?;
    for _ in 0..30 {
        s.run_ops(&[train], &[])?;
    }
    let rest = floats(&s.value(&table)?.unwrap());
    assert_eq!([rest[0], rest[2]], [1.0, 3.0]); // rows without a gradient stay
    let names = g.variables().iter().map(|v| v.name()).collect::<Result<Vec<_>>>()?;
    Ok((before, s.run(&[loss], &[])?[0].item()?, names))
}

#[test]
fn optimizers_train_and_name_their_slots() -> Result<()> {
    let graphs: Vec<Graph> = (0..9).map(|_| Graph::new()).collect();
    let all: [(Box<dyn Optimizer>, &[&str]); 9] = [
        (Box::new(GradientDescent::new(0.1)), &[]),
        (Box::new(Momentum::new(0.02, 0.9)), &["w/Momentum", "table/Momentum"]),
        (Box::new(Momentum::new(0.02, 0.9).nesterov(true)), &["w/Momentum", "table/Momentum"]),
        (Box::new(Adam::new(0.3)), &["beta1_power", "beta2_power", "w/Adam", "w/Adam_1", "table/Adam", "table/Adam_1"]),
        (Box::new(Adagrad::new(0.5)), &["w/Adagrad", "table/Adagrad"]),
        (Box::new(RmsProp::new(0.1)), &["w/RMSProp", "w/RMSProp_1", "table/RMSProp", "table/RMSProp_1"]),
        (
            Box::new(RmsProp::new(0.02).centered(true).momentum(0.5)),
            &["w/RMSProp", "w/RMSProp_1", "w/RMSProp_2", "table/RMSProp", "table/RMSProp_1", "table/RMSProp_2"],
        ),
        (Box::new(Adadelta::new(20.0).epsilon(1e-3)), &["w/Adadelta", "w/Adadelta_1", "table/Adadelta", "table/Adadelta_1"]),
        (Box::new(Ftrl::new(1.0).l2_shrinkage(1e-4)), &["w/Ftrl", "w/Ftrl_1", "table/Ftrl", "table/Ftrl_1"]),
    ];
    for (g, (optimizer, slots)) in graphs.iter().zip(&all) {
        let (before, after, names) = trained(g, &**optimizer)?;
        assert!(after < 0.5 * before, "{slots:?}: {before} to {after}");
        assert_eq!(names[2..], slots[..]);
    }
    let g = Graph::new();
    assert_eq!(Adam::new(0.1).minimize(g.constant(1f32)?).unwrap_err().code(), Code::Value);
    assert!(Adam::new(0.1).apply_gradients(&[]).is_err());
    Ok(())
}

#[test]
fn the_rate_may_be_a_tensor() -> Result<()> {
    let g = Graph::new();
    let rate = g.placeholder("rate", DType::Float, [])?;
    let w = Variable::new(&g, 1.0, "w")?;
    let train = GradientDescent::new(rate).minimize(w * 2.0)?;
    let s = Session::new(&g)?;
    s.run_ops(&[g.initializer()?], &[])?;
    s.run_ops(&[train], &[(rate, 0.25f32.to_tensor()?)])?;
    assert_eq!(s.value(&w)?.unwrap().item::<f32>()?, 0.5);
    Ok(())
}

#[test]
fn checkpoints_rotate_and_refuse_what_does_not_fit() -> Result<()> {
    let folder = std::env::temp_dir().join(format!("ferroflow_api_{}", std::process::id()));
    let g = Graph::new();
    let w = Variable::new(&g, [1f32, 2.0], "w")?;
    let s = Session::new(&g)?;
    let saver = Saver::new(&g.variables()).max_to_keep(2);
    assert_eq!(saver.save(&s, folder.join("m"), None).unwrap_err().code(), Code::FailedPrecondition);
    s.run_ops(&[g.initializer()?], &[])?;
    let prefixes = (1..=3).map(|i| saver.save(&s, folder.join("m"), Some(i))).collect::<Result<Vec<_>>>()?;
    assert!(saver.restore(&s, &prefixes[0]).is_err());
    s.set_value(&w, [0f32, 0.0].to_tensor()?)?;
    saver.restore(&s, &prefixes[1])?;
    assert_eq!(floats(&s.value(&w)?.unwrap()), [1.0, 2.0]);
    assert_eq!(ferroflow::train::latest_checkpoint(&folder, None).as_ref(), prefixes.last());
    let other = Graph::new();
    let renamed = Variable::new(&other, 0.0, "v")?;
    let t = Session::new(&other)?;
    assert_eq!(Saver::new(&[renamed]).restore(&t, &prefixes[2]).unwrap_err().code(), Code::NotFound);
    let reshaped = Variable::new(&other, [0f32; 3], "w")?;
    assert_eq!(Saver::new(&[reshaped]).restore(&t, &prefixes[2]).unwrap_err().code(), Code::InvalidArgument);
    assert_eq!(s.set_value(&w, [1i32, 2].to_tensor()?).unwrap_err().code(), Code::InvalidArgument);
    std::fs::remove_dir_all(&folder).unwrap();
    Ok(())
}

#[test]
fn seeds_decide_what_is_drawn() -> Result<()> {
    let draw = |seed: Option<i64>, own: Option<i64>| -> Result<Vec<f32>> {
        let g = Graph::new();
        seed.iter().for_each(|s| g.set_seed(*s));
        let x = random::normal(&g, [4], DType::Float, 0.0, 1.0, own)?;
        Ok(floats(&Session::new(&g)?.run(&[x], &[])?[0]))
    };
    assert_eq!(draw(Some(1), None)?, draw(Some(1), None)?);
    assert_eq!(draw(None, Some(5))?, draw(None, Some(5))?);
    assert_ne!(draw(Some(1), None)?, draw(Some(2), None)?);
    assert_ne!(draw(None, None)?, draw(None, None)?);
    assert_eq!(Graph::new().seeds(Some(0)), (87_654_321, 0));
    let g = Graph::new();
    let w = init::glorot_uniform(&g, DType::Float, [300, 200], Some(1))?;
    let drawn = floats(&Session::new(&g)?.run(&[w], &[])?[0]);
    let limit = (6.0f32 / 500.0).sqrt();
    assert!(drawn.iter().all(|x| x.abs() <= limit) && drawn.iter().any(|x| x.abs() > 0.99 * limit));
    assert!(init::zeros(&g, DType::Float, [-1]).is_err());
    assert!(init::constant(&g, DType::Int32, [2], 0.5).is_err());
    Ok(())
}

#[test]
fn eager_values_and_tapes() -> Result<()> {
    let x = Value::of([[1f32, 2.0], [3.0, 4.0]])?;
    assert_eq!(floats(x.matmul(&x)?.tensor()), [7.0, 10.0, 15.0, 22.0]);
    assert_eq!(floats(x.sum(&[-1], true)?.tensor()), [3.0, 7.0]);
    assert_eq!(floats(x.transpose(&[1, 0])?.reshape(&[-1])?.tensor()), [1.0, 3.0, 2.0, 4.0]);
    assert_eq!(x.cast(DType::Int64)?.tensor().slice::<i64>()?, [1, 2, 3, 4]);
    let line = line!() + 1;
    let e = x.add(&Value::of([1f32, 2.0, 3.0])?).unwrap_err();
    assert_eq!((e.code(), e.report().place.as_ref().map(|p| p.line)), (Code::InvalidArgument, Some(line)));
    assert!(x.add(&Value::of(1i32)?).is_err() && x.sum(&[2], false).is_err() && x.reshape(&[3]).is_err());
    assert_eq!(eager::call("Nothing", &[], &[]).unwrap_err().code(), Code::NotFound);

    let tape = GradientTape::new();
    tape.watch(&x);
    let outer = GradientTape::new();
    outer.watch(&x);
    let y = x.mul(&x)?.mul(&x)?;
    outer.stop();
    let dx = outer.gradient(&y, &[&x])?[0].clone().unwrap();
    assert_eq!(floats(dx.tensor()), [3.0, 12.0, 27.0, 48.0]);
    let ddx = tape.gradient(&dx, &[&x])?[0].clone().unwrap(); // the gradient itself was recorded
    assert_eq!(floats(ddx.tensor()), [6.0, 12.0, 18.0, 24.0]);
    assert!(tape.gradient(&y, &[&Value::of(1f32)?])?[0].is_none());

    let v = eager::Variable::new([1f32, 2.0])?;
    v.assign_add(&Value::of([1f32, 1.0])?)?;
    assert_eq!(floats(v.read()?.tensor()), [2.0, 3.0]);
    assert!(v.assign(&Value::of([1f32])?).is_err());
    Ok(())
}
