/// The contract on a servlet service: who may call it, under which id and deadline, and how it reports problems.
@NullMarked
package io.holdfast.contract.servlet;

import org.jspecify.annotations.NullMarked;
