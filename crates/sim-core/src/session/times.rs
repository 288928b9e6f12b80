//! Places of a line by virtual time.

use super::Session;

impl Session {
    /// Virtual time at the moment shown, nanoseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.moment.clock.now()
    }

    /// Moves the cursor behind the last step of the line shown that is not after a virtual time.
    pub fn seek_time(&mut self, time: u64) {
        // Time never goes back along a line.
        let (mut low, mut high) = (0, self.length());
        while low < high {
            let middle = high - (high - low) / 2;
            self.seek(middle);
            if self.now() <= time {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        self.seek(low);
    }
}
