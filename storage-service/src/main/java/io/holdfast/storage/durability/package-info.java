/// How far writes have come before they count as done: the level each one asks for, and the waits that
/// many of them share.
@NullMarked
package io.holdfast.storage.durability;

import org.jspecify.annotations.NullMarked;
