//! The words of the field as plain data: no I/O, no algorithms, known to every stage.

mod analysis;
mod capability;
mod department;
mod group;
mod money;
mod need;
mod overlap;
mod problem;
mod problem_kind;
mod proposal;
mod score;
mod span;
mod suggestion;

pub use analysis::{Analysis, DepartmentPair, Intake, Receipt, SourceReceipt};
pub use capability::{Capability, CatalogueWarning, WarningKind};
pub use department::{Department, DepartmentKind, Region};
pub use group::{Group, Lead, LeadReason, Member, Mode, MoneyRange, SharedNeed};
pub use money::{ParseWanError, Wan};
pub use need::{CapabilityIdx, CapabilityMatch, Grade, Need, NeedIdx, NeedKind};
pub use overlap::{
    Akin, Candidate, Coverage, Exclusion, ExclusionKind, NeedMatch, Overlap, Pair, Relation, Rule, Signal, SignalKind,
    Through, Verdict,
};
pub use problem::{Place, Problem, Severity};
pub use problem_kind::ProblemKind;
pub use proposal::{Investment, Proposal, ProposalIdx, Role, Section, SectionKind, Status};
pub use score::Score;
pub use span::{Quote, Span};
pub use suggestion::{Advice, Suggestion};
