/// The API's description for people and programs (OpenAPI), and its page to try it out.
@NullMarked
package io.holdfast.app.description;

import org.jspecify.annotations.NullMarked;
