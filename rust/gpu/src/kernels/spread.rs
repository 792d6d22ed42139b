//! How the elements of operands are spread over those of a result: sizes and strides with neighbouring axes merged.
use ferroflow_tensor::Shape;

/// Row-major strides of a shape.
pub fn strides(shape: &[usize]) -> Vec<usize> {
    let mut strides = vec![1; shape.len()];
    for d in (1..shape.len()).rev() {
        strides[d - 1] = strides[d] * shape[d];
    }
    strides
}

/// Strides of an operand along the axes of the result that it broadcasts to.
pub fn broadcast(operand: &Shape, result: &Shape) -> Vec<usize> {
    let own = strides(operand);
    let lead = result.len() - operand.len();
    (0..result.len()).map(|d| if d < lead || operand[d - lead] == 1 { 0 } else { own[d - lead] }).collect()
}

/// For each axis its size and each operand's stride, as shaders read them; axes that all operands step through alike are one.
pub fn rows(result: &[usize], operands: &[Vec<usize>]) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = vec![];
    for (d, size) in result.iter().enumerate().filter(|(_, n)| **n != 1) {
        let row: Vec<u32> = std::iter::once(*size).chain(operands.iter().map(|s| s[d])).map(|n| n as u32).collect();
        match rows.last_mut() {
            Some(before) if before[1..].iter().zip(&row[1..]).all(|(b, r)| *b == r.wrapping_mul(row[0])) => {
                *before = std::iter::once(before[0] * row[0]).chain(row[1..].iter().copied()).collect();
            }
            _ => rows.push(row),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_that_are_stepped_through_alike_are_merged() {
        let (x, y) = (Shape::new(&[2, 3, 4]), Shape::new(&[4]));
        let operands = [broadcast(&x, &x), broadcast(&y, &x)];
        assert_eq!(rows(&x, &operands), [vec![6, 4, 0], vec![4, 1, 1]]);
        assert_eq!(rows(&x, &[broadcast(&x, &x)]), [vec![24, 1]]);
        assert_eq!(rows(&[1, 1], &[vec![0, 0]]), [[0u32; 0]; 0]);
    }
}
