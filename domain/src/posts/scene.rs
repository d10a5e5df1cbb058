//! The drawn pictures that a post can have (symbols of `public/scenes.svg`).

use serde::{Deserialize, Serialize};

macro_rules! scenes {
    ($($name:ident = $key:literal),* $(,)?) => {
        /// A drawing in the colours of the community.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Scene { $($name),* }

        impl Scene {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The symbol's name, which is also the word that is stored.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

scenes! {
    Plants = "plants",
    Reading = "reading",
    Cat = "cat",
    Memorial = "memorial",
    Bridge = "bridge",
    Snow = "snow",
    Coffee = "coffee",
    Repair = "repair",
    Walking = "walking",
    Garden = "garden",
    Playground = "playground",
    Market = "market",
    Music = "music",
    Food = "food",
    Library = "library",
    Bike = "bike",
    Letter = "letter",
}

impl Scene {
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scene| scene.key() == key)
    }
}
