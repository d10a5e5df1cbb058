//! What matters most on a photo.

use serde::{Deserialize, Serialize};

/// The part of a photo that stays in sight where there is no room for all of it: one of nine, which can be chosen with
/// a keyboard, with a reader's voice and without JavaScript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Focus {
    TopLeft,
    Top,
    TopRight,
    Left,
    #[default]
    Middle,
    Right,
    BottomLeft,
    Bottom,
    BottomRight,
}

impl Focus {
    pub const ALL: [Self; 9] = [
        Self::TopLeft,
        Self::Top,
        Self::TopRight,
        Self::Left,
        Self::Middle,
        Self::Right,
        Self::BottomLeft,
        Self::Bottom,
        Self::BottomRight,
    ];

    /// Its name in forms and in styles.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TopLeft => "top-left",
            Self::Top => "top",
            Self::TopRight => "top-right",
            Self::Left => "left",
            Self::Middle => "middle",
            Self::Right => "right",
            Self::BottomLeft => "bottom-left",
            Self::Bottom => "bottom",
            Self::BottomRight => "bottom-right",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|focus| focus.key() == key)
    }

    /// Its place, in percent from the left and from above.
    pub const fn percent(self) -> (u8, u8) {
        match self {
            Self::TopLeft => (0, 0),
            Self::Top => (50, 0),
            Self::TopRight => (100, 0),
            Self::Left => (0, 50),
            Self::Middle => (50, 50),
            Self::Right => (100, 50),
            Self::BottomLeft => (0, 100),
            Self::Bottom => (50, 100),
            Self::BottomRight => (100, 100),
        }
    }

    /// The one nearest to a place, in percent from the left and from above.
    pub fn nearest(across: i64, down: i64) -> Self {
        let third = |percent: i64| match percent {
            ..34 => 0,
            34..67 => 50,
            _ => 100,
        };
        let wanted = (third(across), third(down));
        Self::ALL.into_iter().find(|focus| focus.percent() == wanted).unwrap_or_default()
    }
}
