//! The questions of each template, in the reader's language.

use domain::posts::template::Template;

use crate::texts::DeskTexts;

/// A template in words.
pub(super) struct Questions {
    pub title: &'static str,
    pub about: &'static str,
    /// Each question with what helps to answer it.
    pub asked: [(&'static str, &'static str); 5],
    /// What stands before an answer in the post, or nothing.
    pub labels: [&'static str; 5],
}

pub(super) const fn questions(d: &DeskTexts, template: Template) -> Questions {
    match template {
        Template::Story => Questions {
            title: d.template_story,
            about: d.template_story_about,
            asked: [
                (d.template_story_1, d.template_story_1_help),
                (d.template_story_2, d.template_story_2_help),
                (d.template_story_3, d.template_story_3_help),
                (d.template_story_4, d.template_story_4_help),
                (d.template_story_5, d.template_story_5_help),
            ],
            labels: ["", "", "", "", ""],
        },
        Template::Experience => Questions {
            title: d.template_experience,
            about: d.template_experience_about,
            asked: [
                (d.template_experience_1, d.template_experience_1_help),
                (d.template_experience_2, d.template_experience_2_help),
                (d.template_experience_3, d.template_experience_3_help),
                (d.template_experience_4, d.template_experience_4_help),
                (d.template_experience_5, d.template_experience_5_help),
            ],
            labels: ["", "", "", d.template_experience_4_label, d.template_experience_5_label],
        },
        Template::Initiative => Questions {
            title: d.template_initiative,
            about: d.template_initiative_about,
            asked: [
                (d.template_initiative_1, d.template_initiative_1_help),
                (d.template_initiative_2, d.template_initiative_2_help),
                (d.template_initiative_3, d.template_initiative_3_help),
                (d.template_initiative_4, d.template_initiative_4_help),
                (d.template_initiative_5, d.template_initiative_5_help),
            ],
            labels: [
                "",
                "",
                d.template_initiative_3_label,
                d.template_initiative_4_label,
                d.template_initiative_5_label,
            ],
        },
        Template::LostAndFound => Questions {
            title: d.template_lost,
            about: d.template_lost_about,
            asked: [
                (d.template_lost_1, d.template_lost_1_help),
                (d.template_lost_2, d.template_lost_2_help),
                (d.template_lost_3, d.template_lost_3_help),
                (d.template_lost_4, d.template_lost_4_help),
                (d.template_lost_5, d.template_lost_5_help),
            ],
            labels: [
                "",
                d.template_lost_2_label,
                d.template_lost_3_label,
                d.template_lost_4_label,
                d.template_lost_5_label,
            ],
        },
    }
}
