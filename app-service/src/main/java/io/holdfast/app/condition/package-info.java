/// Conditional requests (RFC 9110, section 13): entity tags, and what they demand of a read or a
/// write.
@NullMarked
package io.holdfast.app.condition;

import org.jspecify.annotations.NullMarked;
