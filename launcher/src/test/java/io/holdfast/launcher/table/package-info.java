/// Tests of tables for people.
@NullMarked
package io.holdfast.launcher.table;

import org.jspecify.annotations.NullMarked;
