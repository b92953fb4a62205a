/// Tests of the services' JVMs.
@NullMarked
package io.holdfast.launcher.jvm;

import org.jspecify.annotations.NullMarked;
