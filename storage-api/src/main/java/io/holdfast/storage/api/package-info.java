/// What the storage tier keeps and answers: namespaces, records, operations and their outcomes.
@NullMarked
package io.holdfast.storage.api;

import org.jspecify.annotations.NullMarked;
