//! The components of the design system; `/stijl` shows them all.

mod art;
mod button;
mod choice;
mod date_time;
mod dialog;
mod editor;
mod field;
mod file;
mod focus;
mod form_copy;
mod inline_edit;
mod kept;
mod load;
mod notice;
mod pieces;
mod sieve;
mod status_page;
mod tabs;
mod text_area;
mod time;

pub use art::{Icon, SceneArt, Skyline};
pub use button::{LinkButton, PostButton, SubmitButton};
pub use choice::{Checkbox, RadioGroup, RadioOption};
pub use date_time::DateTimeField;
pub use dialog::Dialog;
pub use editor::MarkdownEditor;
pub use field::{FieldFrame, FieldInfo, Select, SelectOption, TextField, fault_text, problem_of};
pub use file::FileField;
pub use focus::focus_soon;
pub use form_copy::{FormCopy, fields, forget_all};
pub use inline_edit::Editable;
#[cfg(feature = "ssr")]
pub(crate) use kept::as_it_is;
pub use kept::{FRAMELESS, kept, kept_when};
pub use load::{Coming, load, load_at, load_beside, load_shared};
pub use notice::{FormProblems, Notice, NoticeKind, Toast};
pub use pieces::{Avatar, Badge, Breadcrumb, Empty, Pagination, Skeleton};
pub use sieve::SieveFields;
pub use status_page::ProblemView;
pub use tabs::{Tab, Tabs};
pub use text_area::TextArea;
pub use time::{Moment, Time};
