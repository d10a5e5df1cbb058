//! Photos: who may send them, see them and put them with a post.

mod album;
mod focus;

use serde::{Deserialize, Serialize};

pub use album::{Album, AlbumPhoto, Arranged, ValidAlbum};
pub use focus::Focus;

use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::id::{MemberId, PhotoId, PostId};
use crate::permit::action::AddPhoto;
use crate::permit::{Denied, Permit};

/// A photo as it is known; its files lie apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub id: PhotoId,
    /// Who sent it.
    pub owner: MemberId,
    /// `None` until it is put with a post.
    pub post: Option<PostId>,
    /// What is to be seen on it, for who does not see it.
    pub alt: String,
    pub caption: String,
    /// What stays in sight where there is no room for all of it.
    pub focus: Focus,
    /// Of its largest file, in pixels.
    pub width: u32,
    pub height: u32,
    /// A few blurred pixels as a data URL; may be empty.
    pub placeholder: String,
    pub at: Timestamp,
}

/// Every member who may write.
///
/// # Errors
/// Not signed in, or suspended.
pub fn may_add(actor: &Actor) -> Result<Permit<AddPhoto>, Denied> {
    if actor.is_active() {
        Ok(Permit::granted(actor.platform, actor.member_id(), None))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// A photo without a post is its sender's alone; one with a post is for who may read that.
pub fn may_see_loose(actor: &Actor, photo: &Photo) -> bool {
    actor.is_active() && photo.post.is_none() && actor.member_id() == Some(photo.owner)
}

/// A photo that is put with a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub id: PhotoId,
    pub alt: String,
    pub caption: String,
}
