//! What is noted about somebody who registered: that they are there, another name, whether they are reminded, and the
//! number of their last invitation. None of it has to do with seats.

use domain::id::{ActivityId, RegistrationId};
use domain::permit::Permit;
use domain::permit::action::{ChangeRegistration, ManageRegistrations};

use crate::conn::change;
use crate::error::Result;
use crate::tenant::Write;

const RENAME: &str = "UPDATE registration SET name = $3 WHERE platform_id = $1 AND id = $2 AND by_organiser";
const REMINDERS: &str = "UPDATE registration SET reminders = $3
    WHERE platform_id = $1 AND id = $2 AND state <> 'cancelled'";
const CAME: &str = "UPDATE registration SET came = $3 WHERE platform_id = $1 AND id = $2 AND state = 'seat'
    AND round_id IN (SELECT id FROM registration_round WHERE platform_id = $1 AND activity_id = $4)";
const COUNT_UP: &str = "UPDATE registration SET sequence = sequence + 1
    WHERE platform_id = $1 AND id = $2 RETURNING sequence";

impl Write {
    /// Another name for somebody who was put on the list by hand.
    pub async fn rename_registration(
        &mut self,
        permit: &Permit<ChangeRegistration>,
        id: RegistrationId,
        name: &str,
    ) -> Result<()> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(RENAME)
            .bind(platform).bind(id.0).bind(name).execute(conn).await.map(|_| ()))
    }

    /// Whether they want to be reminded; `false` when they are not on the list any more.
    pub async fn set_reminders(
        &mut self,
        permit: &Permit<ChangeRegistration>,
        id: RegistrationId,
        wanted: bool,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(REMINDERS)
            .bind(platform).bind(id.0).bind(wanted)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed > 0)
    }

    /// Somebody is there, or was not after all; `false` when they have no seat.
    pub async fn check_in(
        &mut self,
        permit: &Permit<ManageRegistrations>,
        activity: ActivityId,
        id: RegistrationId,
        came: bool,
    ) -> Result<bool> {
        self.allow_for(permit, activity.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(CAME)
            .bind(platform).bind(id.0).bind(came).bind(activity.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed > 0)
    }

    /// The number of the next invitation for somebody's calendar.
    pub async fn next_invitation(&mut self, id: RegistrationId) -> Result<i64> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query_scalar(COUNT_UP)
            .bind(platform).bind(id.0).fetch_one(conn).await)
    }
}
