/// Which namespaces there are, and how one comes and goes.
@NullMarked
package io.holdfast.storage.namespace;

import org.jspecify.annotations.NullMarked;
