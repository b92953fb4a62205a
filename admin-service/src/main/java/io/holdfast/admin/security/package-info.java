/// Lets in only who knows the password.
@NullMarked
package io.holdfast.admin.security;

import org.jspecify.annotations.NullMarked;
