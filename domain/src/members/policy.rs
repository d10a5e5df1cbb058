//! Who may sign in and look after an account.

use crate::actor::Actor;
use crate::id::PlatformId;
use crate::permit::action::{KeepFlash, ManageAccount, SignIn};
use crate::permit::{Denied, Permit};

/// Everyone may try to sign in or become a member; the limits per address and network
/// decide how often.
pub const fn may_sign_in(platform: PlatformId) -> Permit<SignIn> {
    Permit::granted(platform, None, None)
}

/// Everyone gets back what they typed into a form.
pub const fn may_keep_flash(platform: PlatformId) -> Permit<KeepFlash> {
    Permit::granted(platform, None, None)
}

/// One's own account, also when suspended: leaving and looking are always possible.
///
/// # Errors
/// Not signed in, or of another platform.
pub fn may_manage_account(actor: &Actor, platform: PlatformId) -> Result<Permit<ManageAccount>, Denied> {
    match actor.member_id() {
        Some(member) if actor.platform == platform => {
            Ok(Permit::granted(platform, Some(member), Some(member.0)))
        }
        Some(_) => Err(Denied::NotAllowed),
        None => Err(Denied::SignInFirst),
    }
}
