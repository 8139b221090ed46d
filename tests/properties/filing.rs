//! Filings for tests, built as they read: a department and what it asks for.

use jiyue::model::{
    Department, Intake, Investment, Place, Proposal, ProposalIdx, Region, Role, Section, SectionKind, Status,
};
use jiyue::pipeline::{self, Prepared};

use crate::corpora::{KNOWLEDGE, SETTINGS};

/// A filing of a city department with these items.
pub fn filing(id: &str, department: &str, items: &[&str]) -> Proposal {
    let lines = items.iter().enumerate().map(|(i, item)| format!("{}. {item}；\n", i + 1));
    Proposal {
        id: id.to_owned(),
        name: format!("{department}项目"),
        department: Department { name: department.to_owned(), region: Region::City, parent: None },
        role: Role::Filing,
        status: Status::Filed,
        domain: None,
        nature: None,
        year: Some(2026),
        money: Investment::default(),
        funding: None,
        period: None,
        sections: vec![Section { kind: SectionKind::Content, text: lines.collect() }],
        source: Place::default(),
    }
}

/// The same filing under another number and by another department.
pub fn copy(of: &Proposal, id: &str, department: &str) -> Proposal {
    let mut copy = of.clone();
    copy.id = id.to_owned();
    copy.department = Department { name: department.to_owned(), ..copy.department };
    copy
}

/// A batch of these filings, in the order of their ids.
pub fn batch(proposals: &[Proposal]) -> Prepared {
    let mut proposals = proposals.to_vec();
    proposals.sort_by(|x, y| x.id.cmp(&y.id));
    let intake = Intake { proposals, ..Intake::default() };
    pipeline::prepare(intake, &KNOWLEDGE, &SETTINGS, &|_| ()).unwrap()
}

/// The position of a filing in a batch.
pub fn place(prepared: &Prepared, id: &str) -> ProposalIdx {
    let at = prepared.intake.proposals.iter().position(|p| p.id == id).unwrap();
    ProposalIdx(at as u32)
}
