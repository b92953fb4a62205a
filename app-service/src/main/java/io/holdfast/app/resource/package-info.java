/// One document as an HTTP resource: create, read, replace, patch, delete.
@NullMarked
package io.holdfast.app.resource;

import org.jspecify.annotations.NullMarked;
