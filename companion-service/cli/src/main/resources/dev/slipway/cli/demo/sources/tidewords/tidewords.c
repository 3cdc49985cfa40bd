/* Counts the words on standard input and prints the most frequent ones, most frequent first. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 63

struct word {
    char text[LONGEST + 1];
    unsigned long count;
};

static struct word *words;
static size_t used, room;

static void count(const char *text)
{
    for (size_t i = 0; i < used; i++) {
        if (strcmp(words[i].text, text) == 0) {
            words[i].count++;
            return;
        }
    }
    if (used == room) {
        room = room ? room * 2 : 64;
        words = realloc(words, room * sizeof *words);
        if (!words) {
            fputs("tidewords: out of memory\n", stderr);
            exit(1);
        }
    }
    memcpy(words[used].text, text, strlen(text) + 1);
    words[used++].count = 1;
}

static int by_count(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->text, y->text);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        puts("tidewords " VERSION);
        return 0;
    }
    size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : 10;
    char text[LONGEST + 1];
    size_t length = 0;
    int c;
    do {
        c = getchar();
        if (c != EOF && isalnum(c)) {
            if (length < LONGEST)
                text[length++] = (char)tolower(c);
        } else if (length) {
            text[length] = '\0';
            count(text);
            length = 0;
        }
    } while (c != EOF);
    if (used)
        qsort(words, used, sizeof *words, by_count);
    for (size_t i = 0; i < used && i < most; i++)
        printf("%lu %s\n", words[i].count, words[i].text);
    free(words);
    return 0;
}
