//! Likeness of two short texts as strings of characters.

/// Sørensen–Dice coefficient over character pairs, 0..=1; 0 where neither text has a pair.
///
/// strsim's own divides by the number of bytes, which is three times too many for Chinese.
pub fn shared_pairs(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (of_a, mut of_b) = (pairs(a), pairs(b));
    let total = of_a.len() + of_b.len();
    let mut shared = 0;
    for pair in of_a {
        if let Some(at) = of_b.iter().position(|p| *p == pair) {
            of_b.swap_remove(at);
            shared += 1;
        }
    }
    if total == 0 { 0.0 } else { 2.0 * f64::from(shared) / total as f64 }
}

#[cfg(test)]
mod tests {
    use super::shared_pairs;

    #[test]
    fn names_that_differ_in_their_phase_only_are_alike() {
        assert!(shared_pairs("数字档案馆", "数字档案馆") > 0.99);
        assert!(shared_pairs("数字档案馆", "智慧数字档案馆") > 0.7);
        assert!(shared_pairs("数字档案馆", "智慧停车") < 0.1);
    }
}
