/// What the storage service promises, tested over every kind of Redis it runs on.
@NullMarked
package io.holdfast.storage.contract;

import org.jspecify.annotations.NullMarked;
