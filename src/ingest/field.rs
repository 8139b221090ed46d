//! The fields that a column can hold, kept or not.

macro_rules! fields {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// What a column holds. Many are known only so that they are not taken for something else.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // the names say it; data/lexicon/headers.toml has the Chinese
        pub enum Field { $($variant),+ }

        impl Field {
            /// Every field, in the order of declaration.
            pub const ALL: &'static [Field] = &[$(Field::$variant),+];

            /// The name in headers.toml.
            pub fn name(self) -> &'static str {
                match self { $(Field::$variant => $name),+ }
            }
        }
    };
}

fields! {
    Seq = "seq", Code = "code", ProjectName = "project_name", Content = "content", Goal = "goal",
    Background = "background", Necessity = "necessity", Basis = "basis", BasisDoc = "basis_doc",
    Feasibility = "feasibility", DataSharing = "data_sharing", Infrastructure = "infrastructure",
    BudgetTotal = "budget_total", BudgetYear = "budget_year", BudgetApproved = "budget_approved",
    BudgetSuggest = "budget_suggest", BudgetMeeting = "budget_meeting", BudgetDiff = "budget_diff",
    CutRate = "cut_rate", Spent = "spent", ContractAmount = "contract_amount", Carryover = "carryover",
    Maintenance = "maintenance", Unit = "unit", ParentUnit = "parent_unit", DeptSub = "dept_sub",
    JointUnit = "joint_unit", SendUnit = "send_unit", UnitType = "unit_type", Region = "region",
    Site = "site", Domain = "domain", Category = "category", Nature = "nature", Level = "level",
    BuildMode = "build_mode", Year = "year", ApplyDate = "apply_date", ApprovalDate = "approval_date",
    ApprovalUnit = "approval_unit", IssueDate = "issue_date", ContractDate = "contract_date",
    PeriodStart = "period_start", PeriodEnd = "period_end", Period = "period", Schedule = "schedule",
    FundingSource = "funding_source", FundingReady = "funding_ready", CostCenter = "cost_center",
    Status = "status", Stage = "stage", SecretLevel = "secret_level", PlatformName = "platform_name",
    PlatformDesc = "platform_desc", PlatformCapability = "platform_capability",
    ResidualScope = "residual_scope", Platform = "platform", Module = "module", Vendor = "vendor",
    Designer = "designer", Contact = "contact", Phone = "phone", Users = "users",
    UserScale = "user_scale", Urgency = "urgency", UrgencyNote = "urgency_note", Priority = "priority",
    Focus = "focus", MergeFlag = "merge_flag", LinkPrev = "link_prev",
    ReviewOpinion = "review_opinion", ReviewFocus = "review_focus", NextStep = "next_step",
    Attachment = "attachment", Remark = "remark", Quantity = "quantity", SecurityLevel = "security_level",
}

impl Field {
    /// The field that headers.toml calls so.
    pub fn from_name(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// Whether the column holds an amount of any kind.
    pub(crate) fn is_amount(self) -> bool {
        matches!(
            self,
            Field::BudgetTotal
                | Field::BudgetYear
                | Field::BudgetApproved
                | Field::BudgetSuggest
                | Field::BudgetMeeting
                | Field::BudgetDiff
                | Field::Spent
                | Field::ContractAmount
                | Field::Carryover
                | Field::Maintenance
        )
    }

    /// Whether several columns of the field are put together, line by line, instead of one being chosen.
    pub(crate) fn is_joined(self) -> bool {
        matches!(
            self,
            Field::Content
                | Field::Goal
                | Field::Background
                | Field::Necessity
                | Field::Basis
                | Field::DataSharing
                | Field::Infrastructure
                | Field::PlatformDesc
                | Field::PlatformCapability
                | Field::ResidualScope
                | Field::Remark
        )
    }
}
