/** The REST API of API Management's management side, below the address of its resource. */
@NullMarked
package dev.bes.sandbox.management.rest;

import org.jspecify.annotations.NullMarked;
