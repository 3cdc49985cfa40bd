/* Reads depths in fathoms, one a line, and prints their number and mean in metres. */
#include <fathom.h>
#include <stdio.h>

int main(void)
{
    struct fathom_mean mean = {0};
    double fathoms;
    while (scanf("%lf", &fathoms) == 1)
        fathom_add(&mean, fathom_to_metres(fathoms));
    printf("%lu soundings, mean %.2f m\n", mean.count, mean.metres);
    return 0;
}
