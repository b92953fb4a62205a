/// Operations and outcomes as CBOR (RFC 8949), the language between app and storage services.
@NullMarked
package io.holdfast.storage.api.wire;

import org.jspecify.annotations.NullMarked;
