/// The platform as its users meet it: started by its script, called through its gateway, its processes killed.
@NullMarked
package io.holdfast.endtoend;

import org.jspecify.annotations.NullMarked;
