/// The record store as its callers reach it: over HTTP, balanced over the storage services.
@NullMarked
package io.holdfast.storage.api.client;

import org.jspecify.annotations.NullMarked;
