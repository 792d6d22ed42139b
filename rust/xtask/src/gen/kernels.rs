//! Which dtypes the CPU's kernels take.

use ferroflow_ops::OpDef;
use serde_json::{Map, Value, json};

use super::dump::names;

/// The dtypes of each type attribute that the CPU kernel of an op restricts; None if there is no kernel.
pub fn dtypes(def: &OpDef) -> Option<Vec<(&'static str, Vec<&'static str>)>> {
    let kernel = ferroflow_cpu::kernels::find(def.name)?;
    Some(kernel.types.iter().map(|(attr, types)| (*attr, names(types))).collect())
}

/// The same as JSON: an object from attribute to dtypes, or null.
pub fn of(def: &OpDef) -> Value {
    let Some(types) = dtypes(def) else { return Value::Null };
    let map: Map<String, Value> = types.into_iter().map(|(attr, types)| (attr.to_string(), json!(types))).collect();
    Value::Object(map)
}
