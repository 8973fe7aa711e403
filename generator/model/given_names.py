"""Given names of people, by which texts and imports notice a person."""

from __future__ import annotations

import re

GIVEN = frozenset(
    re.findall(
        r"\w+",
        """
        aaron achim adam ahmed aisha ali alina alexander alexandra amelie amina amir andrea andreas angela angelika anja anke anna
        annika anton antje arda arne axel ayla ayse barbara bastian beate ben benedikt benjamin bernd bettina birgit bjoern bodo
        brigitte britta carina carla carlos carolin carsten catharina charlotte christa christian christiane christina christine
        christoph clara claudia cornelia dagmar daniel daniela david dennis detlef diana dieter dirk dominik doris edith elena elias
        elif elisabeth elke ella ellen emil emilia emily emma emre eric erika esra eva fabian fatima fatma felix finn florian frank
        franz franziska frauke friederike fritz gabi gabriele georg gerd gerhard gisela grit gudrun guenter guido hakan hanna hannah
        hannelore hannes hans harald hassan hatice heike heiko heinz helena helga hendrik henrik henry holger ibrahim ida ilona ina
        ines inge ingo ingrid irina irmgard isabel isabella jakob jan jana janina jannik jasmin jens jessica joachim joerg johanna
        johannes jonas jonathan josef josephine julia julian juliane justin jutta kadir karin karl karla karsten katarina katharina
        kathrin katja katrin kemal kerstin kevin kirsten klara klaus konstantin kristin kristina lara lars laura lea lena leon leonie
        leo leyla liam lina linda lisa lothar luca lucas luisa lukas maik maja malte manfred manuel manuela marc marcel marco mareike
        margarete margit maria marianne marie marina mario marion markus marlene martha martin martina marvin mathilda matthias max
        maximilian maya mehmet melanie melek melina mia michael michaela mila miriam mohamed mohammed mona monika moritz murat mustafa
        nadine nadja natalia natalie nele nico nicolas nicole niklas nils nina noah nora norbert ole olaf olga oliver oskar otto patrick
        paul paula pauline peter petra philipp pia rainer ralf ralph raphael rebecca regina reinhard renate rene rita robert robin
        roland rolf roman ronny rosa rudolf ruth sabine sabrina samira samuel sandra sara sarah sascha sebastian selin selma
        silke silvia simon simone sina sofia sofie sonja sophia sophie stefan stefanie steffen stephan susanne svenja swetlana sven
        sylvia tanja tatjana theo theresa thomas thorsten till tim timo tina tobias tom toni torben torsten udo ulf ulrich ulrike
        ursula ute uwe valentina vanessa vera verena veronika victoria viktor vincent volker walter werner wilhelm wolfgang yannick
        yasemin yusuf yvonne zeynep
        """,
    )
)
"""Common in Germany, in several languages, in small letters; names that are everyday words as well (Heide, Mark, Kai, Rose) are left out."""
