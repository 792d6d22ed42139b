//! The operators of graph tensors.
use crate::graph::here;
use crate::operand::Operand;
use crate::ops::call;
use crate::{T, Variable};
use ferroflow_tensor::{DType, Place, Result};
use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

/// The result, or a tensor that stands for the error.
fn or_poison<'g>(x: T<'g>, made: Result<T<'g>>) -> T<'g> {
    made.unwrap_or_else(|e| x.graph.poisoned(e))
}

fn binary<'g>(like: T<'g>, op: &'static str, name: &str, x: impl Operand<'g>, y: impl Operand<'g>, place: Place) -> T<'g> {
    let made = call(op).on(like.graph).name(name).at(place).input(x).input(y).run().and_then(|o| o.output(0));
    or_poison(like, made)
}

/// Integers are divided as real numbers, as Python's `/` does: 8 and 16 bits as float32, 32 and 64 bits as float64.
fn real<'g>(x: T<'g>, place: &Place) -> T<'g> {
    let to = match x.dtype() {
        Ok(DType::Int8 | DType::UInt8 | DType::Int16 | DType::UInt16) => DType::Float,
        Ok(DType::Int32 | DType::UInt32 | DType::Int64 | DType::UInt64) => DType::Double,
        _ => return x,
    };
    let made = call("Cast").on(x.graph).name("truediv/Cast").at(place.clone()).input(x).attr("DstT", to).run();
    or_poison(x, made.and_then(|o| o.output(0)))
}

fn divide<'g>(like: T<'g>, x: impl Operand<'g>, y: impl Operand<'g>, place: Place) -> T<'g> {
    use crate::operand::Item;
    let widen = |item: Item<'g>| match item {
        Item::One(t) => Item::One(real(t, &place)),
        other => other,
    };
    let (x, y) = (widen(x.into_item()), widen(y.into_item()));
    binary(like, "RealDiv", "truediv", x, y, place)
}

macro_rules! operators { ($($Trait:ident $method:ident $op:literal $name:literal;)*) => { $(
    impl<'g, R: Operand<'g>> $Trait<R> for T<'g> {
        type Output = T<'g>;
        #[track_caller]
        fn $method(self, right: R) -> T<'g> {
            binary(self, $op, $name, self, right, here())
        }
    }
    operators!(number $Trait $method $op $name: i32 i64 f32 f64);
)* };
(number $Trait:ident $method:ident $op:literal $name:literal: $($t:ty)*) => { $(
    impl<'g> $Trait<T<'g>> for $t {
        type Output = T<'g>;
        #[track_caller]
        fn $method(self, right: T<'g>) -> T<'g> {
            binary(right, $op, $name, self, right, here())
        }
    }
)* } }
operators! {
    Add add "AddV2" "add";
    Sub sub "Sub" "sub";
    Mul mul "Mul" "mul";
    Rem rem "FloorMod" "mod";
}

impl<'g, R: Operand<'g>> Div<R> for T<'g> {
    type Output = T<'g>;
    #[track_caller]
    fn div(self, right: R) -> T<'g> {
        divide(self, self, right, here())
    }
}
macro_rules! divide_numbers { ($($t:ty)*) => { $(
    impl<'g> Div<T<'g>> for $t {
        type Output = T<'g>;
        #[track_caller]
        fn div(self, right: T<'g>) -> T<'g> {
            divide(right, self, right, here())
        }
    }
)* } }
divide_numbers!(i32 i64 f32 f64);

impl<'g> Neg for T<'g> {
    type Output = T<'g>;
    #[track_caller]
    fn neg(self) -> T<'g> {
        let made = call("Neg").on(self.graph).at(here()).input(self).run();
        or_poison(self, made.and_then(|o| o.output(0)))
    }
}

macro_rules! of_variables { ($($Trait:ident $method:ident)*) => { $(
    impl<'g, R: Operand<'g>> $Trait<R> for Variable<'g> {
        type Output = T<'g>;
        #[track_caller]
        fn $method(self, right: R) -> T<'g> {
            $Trait::$method(self.value(), right)
        }
    }
)* } }
of_variables!(Add add Sub sub Mul mul Div div Rem rem);

impl<'g> Neg for Variable<'g> {
    type Output = T<'g>;
    #[track_caller]
    fn neg(self) -> T<'g> {
        -self.value()
    }
}
