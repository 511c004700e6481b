/** The Swagger 2.0 description of a service, as clients and generators read it. */
@NullMarked
package dev.bes.sandbox.swagger;

import org.jspecify.annotations.NullMarked;
