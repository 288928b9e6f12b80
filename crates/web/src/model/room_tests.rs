//! The systems of all lessons in a room: no word of theirs is too small to be read there.

use super::tests::Page;
use crate::draw::system::{layout::READABLE, part::readable};

#[test]
fn every_system_can_be_read_in_a_room() {
    for lesson in lessons::all() {
        let page = Page::open(&format!("/lesson/{}", lesson.id));
        let frame = page.bench().frame.as_deref().expect("a moment is shown");
        // Below it stands the longest of what is said; beside it there may be logs.
        let room = (if frame.logs.is_empty() { 1_220 } else { 732 }, 370);
        let picture = readable(frame, room);
        let scale = picture.scale(room);
        let left = frame.system.nodes.len() - picture.left_out();
        assert!(scale >= READABLE && left >= 2, "{}: {left} parts, {scale:.2}", lesson.id);
    }
}
