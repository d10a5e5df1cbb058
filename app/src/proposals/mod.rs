//! Changes that supporters propose and connectors decide about. On quiet pages.

mod api;
mod frame;
mod own_page;
mod proposal_page;
mod propose_page;
mod queue_page;
mod view;

pub use own_page::OwnProposalsPage;
pub use proposal_page::ProposalPage;
pub use propose_page::ProposePage;
pub use queue_page::ProposalsPage;
