/// Tests of the package: API keys: who calls, and what the caller may do.
@NullMarked
package io.holdfast.gateway.authentication;

import org.jspecify.annotations.NullMarked;
