//! The update formulas, one function each over matching parts of the gradient, the variable and its slots.
use super::{RealWeight, Weight};

/// Attributes that change a formula.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// Look ahead along the momentum.
    pub nesterov: bool,
    /// Whether the squares are accumulated.
    pub update_slots: bool,
    /// Ftrl: whether `linear` is kept times the learning rate.
    pub scaled_linear: bool,
}

/// Changes parts of the variable (`x[0]`) and its slots (`x[1]`, ...) by the same part of the gradient.
/// `h` are the scalar operands in the order of the signature.
pub type Rule<T> = fn(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options);

/// The formula of a family of ops, such as `Adam`, for any dtype.
pub fn of_any<T: Weight>(family: &str) -> Option<Rule<T>> {
    Some(match family {
        "GradientDescent" => gradient_descent,
        "Momentum" => momentum,
        "KerasMomentum" => keras_momentum,
        "Adam" => adam,
        "Adagrad" => adagrad,
        "AdagradV2" => adagrad_v2,
        "Adadelta" => adadelta,
        "RMSProp" => rms_prop,
        "CenteredRMSProp" => centered_rms_prop,
        _ => return None,
    })
}

/// The formula of a family of ops for ordered dtypes.
pub fn of_real<T: RealWeight>(family: &str) -> Option<Rule<T>> {
    Some(match family {
        "AdamWithAmsgrad" => amsgrad,
        "Ftrl" => ftrl,
        "FtrlV2" => ftrl_v2,
        "ProximalGradientDescent" => proximal_gradient_descent,
        "ProximalAdagrad" => proximal_adagrad,
        "AdagradDA" => adagrad_da,
        _ => return of_any(family),
    })
}

/// The parts as an array, when there are as many as the rule wants.
macro_rules! parts {
    ($x:ident, $($part:ident),+) => {
        let [$($part),+] = $x else { return };
    };
}

/// `var -= alpha * delta`
pub fn gradient_descent<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var);
    for (v, g) in var.iter_mut().zip(g) {
        *v = v.minus(h[0].times(*g));
    }
}

/// `lr, momentum`
pub fn momentum<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    parts!(x, var, accum);
    let (lr, m) = (h[0], h[1]);
    for ((v, a), g) in var.iter_mut().zip(accum.iter_mut()).zip(g) {
        *a = a.times(m).plus(*g);
        let step = if o.nesterov { g.times(lr).plus(a.times(m).times(lr)) } else { a.times(lr) };
        *v = v.minus(step);
    }
}

/// `lr, momentum`
pub fn keras_momentum<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    parts!(x, var, accum);
    let (lr, m) = (h[0], h[1]);
    for ((v, a), g) in var.iter_mut().zip(accum.iter_mut()).zip(g) {
        *a = a.times(m).minus(g.times(lr));
        *v = v.plus(if o.nesterov { a.times(m).minus(g.times(lr)) } else { *a });
    }
}

/// `beta1_power, beta2_power, lr, beta1, beta2, epsilon`
pub fn adam<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    parts!(x, var, m, v);
    let &[power1, power2, lr, beta1, beta2, epsilon] = h else { return };
    let alpha = lr.times(T::one().minus(power2).root()).over(T::one().minus(power1));
    let (keep1, keep2) = (T::one().minus(beta1), T::one().minus(beta2));
    for (((x, m), v), g) in var.iter_mut().zip(m.iter_mut()).zip(v.iter_mut()).zip(g) {
        *m = m.plus(g.minus(*m).times(keep1));
        *v = v.plus(g.times(*g).minus(*v).times(keep2));
        let ahead = if o.nesterov { g.times(keep1).plus(beta1.times(*m)) } else { *m };
        *x = x.minus(ahead.times(alpha).over(v.root().plus(epsilon)));
    }
}

/// `beta1_power, beta2_power, lr, beta1, beta2, epsilon`
pub fn amsgrad<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, m, v, most);
    let &[power1, power2, lr, beta1, beta2, epsilon] = h else { return };
    let alpha = lr.times(T::one().minus(power2).root()).over(T::one().minus(power1));
    let (keep1, keep2) = (T::one().minus(beta1), T::one().minus(beta2));
    for ((((x, m), v), most), g) in var.iter_mut().zip(m.iter_mut()).zip(v.iter_mut()).zip(most.iter_mut()).zip(g) {
        *m = m.plus(g.minus(*m).times(keep1));
        *v = v.plus(g.times(*g).minus(*v).times(keep2));
        *most = most.if_less(*v, || *v, || *most);
        *x = x.minus(m.times(alpha).over(most.root().plus(epsilon)));
    }
}

/// `lr`
pub fn adagrad<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    parts!(x, var, accum);
    for ((v, a), g) in var.iter_mut().zip(accum.iter_mut()).zip(g) {
        if o.update_slots {
            *a = a.plus(g.times(*g));
        }
        *v = v.minus(g.times(h[0]).times(a.inverse_root()));
    }
}

/// `lr, epsilon`
pub fn adagrad_v2<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    parts!(x, var, accum);
    for ((v, a), g) in var.iter_mut().zip(accum.iter_mut()).zip(g) {
        if o.update_slots {
            *a = a.plus(g.times(*g));
        }
        *v = v.minus(g.times(h[0]).over(a.root().plus(h[1])));
    }
}

/// `lr, rho, epsilon`
pub fn adadelta<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, accum, moved);
    let &[lr, rho, epsilon] = h else { return };
    let fresh = T::one().minus(rho);
    for (((v, a), u), g) in var.iter_mut().zip(accum.iter_mut()).zip(moved.iter_mut()).zip(g) {
        *a = a.times(rho).plus(g.times(*g).times(fresh));
        let step = u.plus(epsilon).root().times(a.plus(epsilon).inverse_root()).times(*g);
        *v = v.minus(step.times(lr));
        *u = u.times(rho).plus(step.times(step).times(fresh));
    }
}

/// `lr, rho, momentum, epsilon`
pub fn rms_prop<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, ms, mom);
    let &[lr, rho, momentum, epsilon] = h else { return };
    for (((v, ms), mom), g) in var.iter_mut().zip(ms.iter_mut()).zip(mom.iter_mut()).zip(g) {
        *ms = ms.plus(g.times(*g).minus(*ms).times(T::one().minus(rho)));
        *mom = mom.times(momentum).plus(g.times(lr).over(ms.plus(epsilon).root()));
        *v = v.minus(*mom);
    }
}

/// `lr, rho, momentum, epsilon`
pub fn centered_rms_prop<T: Weight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, mg, ms, mom);
    let &[lr, rho, momentum, epsilon] = h else { return };
    let fresh = T::one().minus(rho);
    for ((((v, mg), ms), mom), g) in var.iter_mut().zip(mg.iter_mut()).zip(ms.iter_mut()).zip(mom.iter_mut()).zip(g) {
        *ms = ms.plus(g.times(*g).minus(*ms).times(fresh));
        *mg = mg.plus(g.minus(*mg).times(fresh));
        let spread = ms.minus(mg.times(*mg)).plus(epsilon);
        *mom = mom.times(momentum).plus(g.times(lr).over(spread.root()));
        *v = v.minus(*mom);
    }
}

/// `lr, l1, l2, lr_power`
pub fn ftrl<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    let &[lr, l1, l2, lr_power] = h else { return };
    follow_leader(g, x, [lr, l1, l2, T::zero(), lr_power], o);
}

/// `lr, l1, l2, l2_shrinkage, lr_power`
pub fn ftrl_v2<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], o: Options) {
    let &[lr, l1, l2, shrinkage, lr_power] = h else { return };
    follow_leader(g, x, [lr, l1, l2, shrinkage, lr_power], o);
}

fn follow_leader<T: RealWeight>(g: &[T], x: &mut [&mut [T]], [lr, l1, l2, shrinkage, lr_power]: [T; 5], o: Options) {
    parts!(x, var, accum, linear);
    let two = T::one().plus(T::one());
    let half = T::one().over(two);
    let rate = |a: T| lr_power.if_equal(half.negated(), || a.root(), || a.power(lr_power.negated()));
    for (((v, a), l), g) in var.iter_mut().zip(accum.iter_mut()).zip(linear.iter_mut()).zip(g) {
        let shrunk = shrinkage.if_equal(T::zero(), || *g, || g.plus(two.times(shrinkage).times(*v)));
        let new = a.plus(g.times(*g));
        let change = rate(new).minus(rate(*a));
        *l = l.plus(if o.scaled_linear { shrunk.times(lr).minus(change.times(*v)) } else { shrunk.minus(change.over(lr).times(*v)) });
        let bound = if o.scaled_linear { l1.times(lr) } else { l1 };
        let pulled = || {
            let pull = l.if_less(T::zero(), || bound.negated(), || bound).minus(*l);
            let curve = if o.scaled_linear { rate(new).plus(two.times(l2).times(lr)) } else { rate(new).over(lr).plus(two.times(l2)) };
            pull.over(curve)
        };
        *v = bound.if_less(l.magnitude(), pulled, T::zero);
        *a = new;
    }
}

/// `alpha, l1, l2`
pub fn proximal_gradient_descent<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var);
    let &[alpha, l1, l2] = h else { return };
    for (v, g) in var.iter_mut().zip(g) {
        *v = shrunk(v.minus(g.times(alpha)), alpha.times(l1)).over(T::one().plus(l2.times(alpha)));
    }
}

/// `lr, l1, l2`
pub fn proximal_adagrad<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, accum);
    let &[lr, l1, l2] = h else { return };
    for ((v, a), g) in var.iter_mut().zip(accum.iter_mut()).zip(g) {
        *a = a.plus(g.times(*g));
        let rate = lr.times(a.inverse_root());
        *v = shrunk(v.minus(g.times(rate)), rate.times(l1)).over(T::one().plus(l2.times(rate)));
    }
}

/// `lr, l1, l2, global_step`
pub fn adagrad_da<T: RealWeight>(g: &[T], x: &mut [&mut [T]], h: &[T], _: Options) {
    parts!(x, var, sum, squares);
    let &[lr, l1, l2, steps] = h else { return };
    for (((v, a), q), g) in var.iter_mut().zip(sum.iter_mut()).zip(squares.iter_mut()).zip(g) {
        *a = a.plus(*g);
        *q = q.plus(g.times(*g));
        *v = lr.negated().times(shrunk(*a, l1.times(steps))).over(l2.times(steps).times(lr).plus(q.root()));
    }
}

/// `x` moved towards zero by `by`, at most to zero; as it is unless `by` is positive.
fn shrunk<T: RealWeight>(x: T, by: T) -> T {
    let moved = || {
        let left = x.magnitude().minus(by);
        let left = left.if_less(T::zero(), T::zero, || left);
        x.if_less(T::zero(), || left.negated(), || left)
    };
    T::zero().if_less(by, moved, || x)
}
