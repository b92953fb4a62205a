/// Redis on this machine: the binary, single servers and whole clusters as child processes.
@NullMarked
package io.holdfast.launcher.redis;

import org.jspecify.annotations.NullMarked;
