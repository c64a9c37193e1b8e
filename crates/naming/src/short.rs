//! Names that are too long to be read, or to be the name of a file.

/// A name of at most so many letters, underscores aside: words in the middle are left out. Both cases of
/// a name lose the same words.
pub fn shortened(name: &str, limit: usize) -> String {
    if letters(name) <= limit {
        return name.to_owned();
    }
    let words = words(name);
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut rest = words.as_slice();
    let mut left = limit;
    // What it belongs to and what it is, in turn; what is between says least.
    while let [first, middle @ ..] = rest {
        let (word, others) = if head.len() <= tail.len() {
            (*first, middle)
        } else {
            rest.split_last().map_or((*first, middle), |(last, others)| (*last, others))
        };
        if letters(word) > left {
            break;
        }
        left -= letters(word);
        if head.len() <= tail.len() {
            head.push(word);
        } else {
            tail.push(word);
        }
        rest = others;
    }
    if head.is_empty() {
        // A script without cases is one word.
        return name.chars().take(limit).collect();
    }
    head.extend(tail.into_iter().rev());
    head.join(if name.contains('_') { "_" } else { "" })
}

fn letters(name: &str) -> usize {
    name.chars().filter(|letter| *letter != '_').count()
}

/// The words of `snake_case` or `UpperCamelCase`.
fn words(name: &str) -> Vec<&str> {
    if name.contains('_') {
        return name.split('_').filter(|word| !word.is_empty()).collect();
    }
    let starts = name.char_indices().filter(|(at, letter)| *at > 0 && letter.is_uppercase());
    let mut bounds: Vec<usize> = starts.map(|(at, _)| at).collect();
    bounds.insert(0, 0);
    bounds.push(name.len());
    bounds.windows(2).filter_map(|bound| name.get(bound[0]..bound[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn the_middle_is_left_out() {
        for (name, limit, short) in [
            ("AddressLine", 11, "AddressLine"),
            ("AddressListItemLine", 11, "AddressLine"),
            ("address_list_item_line", 11, "address_line"),
            ("AddressListItemLine", 15, "AddressListLine"),
            ("Pneumonoultramicroscopic", 6, "Pneumo"),
            ("日本語日本語", 4, "日本語日"),
            ("", 4, ""),
        ] {
            assert_eq!(shortened(name, limit), short, "{name}");
        }
    }
}
