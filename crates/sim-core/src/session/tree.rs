//! All the futures of one session: a tree of steps. A step is its parent plus a pick, never the
//! state it leads to, so two ways to one state stay two.

use crate::trace::{Event, StepNumber};

/// Names a step of the tree; 0 is the start.
pub(super) type NodeId = u32;

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) depth: StepNumber,
    /// `None` at the start only.
    pub(super) event: Option<Event>,
    pub(super) broke: Vec<u32>,
    /// Nothing can happen after it, and it ended badly.
    pub(super) bad_end: bool,
    children: Vec<NodeId>,
    /// The child on the line last shown.
    next: Option<NodeId>,
}

#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn new(bad_end: bool) -> Tree {
        let start = Node {
            parent: 0,
            depth: 0,
            event: None,
            broke: vec![],
            bad_end,
            children: vec![],
            next: None,
        };
        Tree { nodes: vec![start] }
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// How many facts a step has.
    pub(super) fn facts(&self, id: NodeId) -> usize {
        self.node(id).event.as_ref().map_or(0, |event| event.facts.len())
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The child reached by a pick, if that road was taken before.
    pub(super) fn child(&self, of: NodeId, pick: u32) -> Option<NodeId> {
        let mut children = self.node(of).children.iter().copied();
        children.find(|&id| self.node(id).event.as_ref().is_some_and(|event| event.pick == pick))
    }

    pub(super) fn add(
        &mut self,
        parent: NodeId,
        event: Event,
        broke: Vec<u32>,
        bad_end: bool,
    ) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let depth = self.node(parent).depth + 1;
        let event = Some(event);
        self.nodes.push(Node {
            parent,
            depth,
            event,
            broke,
            bad_end,
            children: vec![],
            next: None,
        });
        self.nodes[parent as usize].children.push(id);
        id
    }

    /// Makes `id` the step after its parent on the line shown; the parent must be on it.
    pub(super) fn extend_line(&mut self, id: NodeId) {
        let parent = self.node(id).parent;
        self.nodes[parent as usize].next = Some(id);
    }

    /// Makes the way from the start to `id` the one that [`Tree::line`] follows.
    pub(super) fn show(&mut self, id: NodeId) {
        let mut at = id;
        while at != 0 {
            let parent = self.node(at).parent;
            self.nodes[parent as usize].next = Some(at);
            at = parent;
        }
    }

    /// The line shown: all steps from the start (left out) to where it ends.
    pub(super) fn line(&self) -> Vec<NodeId> {
        let mut line = Vec::new();
        let mut at = 0;
        while let Some(next) = self.node(at).next {
            line.push(next);
            at = next;
        }
        line
    }

    /// The steps from the start (left out) to `id`.
    pub(super) fn way_to(&self, id: NodeId) -> Vec<NodeId> {
        let mut way = Vec::new();
        let mut at = id;
        while at != 0 {
            way.push(at);
            at = self.node(at).parent;
        }
        way.reverse();
        way
    }

    /// The last steps of all lines, in the order in which they were first taken.
    pub(super) fn ends(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.nodes.len() as NodeId)
            .filter(|&id| self.node(id).children.is_empty() && (id != 0 || self.len() == 1))
    }
}
