@NullMarked
package io.holdfast.contract.servlet;

import org.jspecify.annotations.NullMarked;
