/** The web services that the sandbox offers, with their ids, keys and parameters. */
@NullMarked
package dev.bes.sandbox.catalogue;

import org.jspecify.annotations.NullMarked;
