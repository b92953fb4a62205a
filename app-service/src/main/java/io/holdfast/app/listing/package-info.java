/// Many documents in the order of their ids: pages with cursors, and whole collections as a stream.
@NullMarked
package io.holdfast.app.listing;

import org.jspecify.annotations.NullMarked;
