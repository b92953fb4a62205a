package io.holdfast.app.condition;

import org.jspecify.annotations.Nullable;

/// An entity tag. Ours are strong, and their text is the document's version in decimal.
///
/// @param opaque what stands between the quotes
record EntityTag(boolean weak, String opaque) {
    /// No version in decimal is longer.
    private static final int MOST_DIGITS = 19;

    /// Strong comparison: both are strong and equal.
    boolean isExactly(long version) {
        return !weak && names(version);
    }

    /// Weak comparison: equal, strong or not.
    boolean names(long version) {
        return opaque.equals(Long.toString(version));
    }

    /// The version that [#isExactly], or null if none can be.
    @Nullable
    Long version() {
        if (weak || opaque.length() > MOST_DIGITS) {
            return null;
        }
        try {
            long version = Long.parseLong(opaque);
            return isExactly(version) ? version : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
