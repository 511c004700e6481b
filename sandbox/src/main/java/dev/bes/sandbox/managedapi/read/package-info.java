/** Reads the documents of the managed API: OpenAPI, policy XML, settings and products. */
@NullMarked
package dev.bes.sandbox.managedapi.read;

import org.jspecify.annotations.NullMarked;
