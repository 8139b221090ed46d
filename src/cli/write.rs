//! Report files: made before the work, so that a wrong path costs a second, and put in place at its end, whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::failure::Failure;
use crate::model::Analysis;
use crate::report::{FILES, csv, json, rows};

/// An output folder with a part file for each report; those that are not put in place are taken away again.
pub(super) struct Outputs {
    files: Vec<Part>,
}

struct Part {
    part: PathBuf,
    whole: PathBuf,
    file: Option<File>,
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Left behind, it would only be a stray file; there is nobody to tell.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// The input folder that the output folder lies in, if any: its reports would be read as filings next time.
pub(super) fn inside<'a>(out: &Path, inputs: &'a [PathBuf]) -> Option<&'a Path> {
    let real = out.canonicalize().ok()?;
    inputs
        .iter()
        .map(PathBuf::as_path)
        .find(|input| input.is_dir() && input.canonicalize().is_ok_and(|folder| real.starts_with(folder)))
}

impl Outputs {
    /// Makes the folder and the part files.
    pub(super) fn create(folder: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(|e| Failure::file(folder, &e))?;
        let files = FILES.iter().map(|name| Part::create(folder, name)).collect::<Result<_, _>>()?;
        Ok(Self { files })
    }

    /// Writes all reports and puts them in place.
    pub(super) fn write(mut self, analysis: &Analysis) -> Result<(), Failure> {
        let mut tables: Vec<Option<rows::Table>> = rows::all(analysis).into_iter().map(Some).collect();
        let mut work: Vec<(&mut Part, Option<rows::Table>)> = Vec::new();
        for part in &mut self.files {
            let table = tables.iter_mut().find(|t| t.as_ref().is_some_and(|t| part.whole.ends_with(t.file)));
            work.push((part, table.and_then(Option::take)));
        }
        work.into_par_iter().try_for_each(|(part, table)| {
            part.fill(|out| match table {
                Some(table) => csv::write(table, out),
                None => json::write(analysis, out),
            })
        })?;
        self.files.iter_mut().try_for_each(Part::put_in_place)
    }
}

impl Part {
    fn create(folder: &Path, name: &str) -> Result<Self, Failure> {
        let whole = folder.join(name);
        if whole.is_dir() {
            return Err(Failure::file(&whole, &io::ErrorKind::IsADirectory.into()));
        }
        // In the same folder, since a file can only be renamed within one disk.
        let part = folder.join(format!(".{name}.part"));
        let file = File::create(&part).map_err(|e| Failure::file(&part, &e))?;
        Ok(Self { part, whole, file: Some(file) })
    }

    fn fill(&self, write: impl FnOnce(BufWriter<&File>) -> io::Result<()>) -> Result<(), Failure> {
        match &self.file {
            Some(file) => write(BufWriter::new(file)).map_err(|e| Failure::file(&self.whole, &e)),
            None => Ok(()),
        }
    }

    fn put_in_place(&mut self) -> Result<(), Failure> {
        fs::rename(&self.part, &self.whole).map_err(|e| Failure::file(&self.whole, &e))?;
        self.file = None;
        Ok(())
    }
}
