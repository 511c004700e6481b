/** The Request/Response Service: a few rows scored within one call. */
@NullMarked
package dev.bes.sandbox.rrs;

import org.jspecify.annotations.NullMarked;
