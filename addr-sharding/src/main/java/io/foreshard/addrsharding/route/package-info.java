/**
 * What routers are to announce, as values: a plan, what is wrong with one, how two differ, and how far a router is from its plan. Nothing
 * here talks to a router.
 */
@NullMarked
package io.foreshard.addrsharding.route;

import org.jspecify.annotations.NullMarked;
