/** The managed API as its documents define it: operations, products and policies, in the terms of API Management. */
@NullMarked
package dev.bes.sandbox.managedapi;

import org.jspecify.annotations.NullMarked;
