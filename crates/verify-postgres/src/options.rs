//! What the command line asks for.

pub(crate) struct Options {
    /// How many programs nobody thought of.
    pub(crate) random: u64,
    /// Which ones.
    pub(crate) seed: u64,
    /// Where the report goes; nowhere if it is not said.
    pub(crate) report: Option<String>,
}

pub(crate) fn read(words: &[String]) -> Result<Options, String> {
    let mut options = Options { random: 300, seed: 1, report: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} wants a value"))?;
        let number = || value.parse().map_err(|_| format!("{word} wants a number, not `{value}`"));
        match word.as_str() {
            "--random" => options.random = number()?,
            "--seed" => options.seed = number()?,
            "--report" => options.report = Some(value.clone()),
            _ => return Err(format!("`{word}` is not known; there are --random N, --seed N")),
        }
    }
    Ok(options)
}
