#include "fathom.h"

#include <math.h>
#include <stdio.h>

static int failures;

static void near(const char *what, double got, double want)
{
    if (fabs(got - want) > 1e-9) {
        fprintf(stderr, "%s: expected %g, got %g\n", what, want, got);
        failures++;
    }
}

int main(void)
{
    near("ten fathoms", fathom_to_metres(10), 18.288);
    near("there and back", fathom_from_metres(fathom_to_metres(7)), 7);
    struct fathom_mean mean = {0};
    fathom_add(&mean, 2);
    fathom_add(&mean, 4);
    fathom_add(&mean, 9);
    near("mean", mean.metres, 5);
    return failures != 0;
}
